// What every view under the stage is made of: a figure under the scrubber, and words and numbers beside it.

/**
 * @param {HTMLElement} element an empty panel
 * @param {string} title
 */
export function panel(element, title) {
  const figure = document.createElement('div');
  figure.className = 'figure';
  const beside = document.createElement('section');
  beside.className = 'beside';
  const heading = document.createElement('h3');
  heading.className = 'caption';
  heading.id = `${element.id}-title`;
  heading.textContent = title;
  beside.setAttribute('aria-labelledby', heading.id);
  const words = document.createElement('p');
  words.className = 'words';
  beside.append(heading);
  element.append(figure, beside);
  return { figure, beside, words };
}
