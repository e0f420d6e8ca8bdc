// The figures that are the element itself, by the id of their chapter: the attributes of each. They share the reader's digit, but one of
// them only after the guess.

/** What all of them share. */
const GROUP = { group: 'learn' };

/** @type {Record<string, { views: string } & Record<string, string>>} */
export const LIVE_VIEWS = {
  see: { ...GROUP, id: 'drawn', digit: '6', views: 'pad verdict', loading: 'eager' },
  vote: { ...GROUP, views: 'stage votes', controls: '', autoplay: '' },
  steps: { ...GROUP, views: 'stop-earlier', readonly: '' },
  cost: { ...GROUP, views: 'energy', controls: '', readonly: '' },
  // It loads the simulator for any network. In the group it would load when there is a digit.
  break: { views: 'break-it', readonly: '', loading: 'lazy' },
  own: { ...GROUP, views: 'pad verdict votes stage', controls: '' },
};

/**
 * Loads the figure that waits for the guess, if it is in a chapter, and gives it the reader's digit.
 * @param {Element} chapter
 */
export function loadWaiting(chapter) {
  for (const figure of chapter.querySelectorAll('spike-pad[loading=lazy]')) {
    figure.removeAttribute('loading');
    figure.setAttribute('group', GROUP.group);
  }
}
