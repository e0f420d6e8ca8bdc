// The names that `views` gives to the views of the page.

/** The words of its tab, with hyphens. @param {{ readonly title: string }} view */
export function nameOf({ title }) {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
}
