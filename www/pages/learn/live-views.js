// The figures that are the element itself, by the id of their chapter: the attributes of each. They share the reader's digit.

/** What all of them share. */
const GROUP = { group: 'learn' };

/** @type {Record<string, { views: string } & Record<string, string>>} */
export const LIVE_VIEWS = {
  see: { ...GROUP, id: 'drawn', digit: '6', views: 'pad verdict', loading: 'eager' },
  vote: { ...GROUP, views: 'stage votes', controls: '', autoplay: '' },
  steps: { ...GROUP, views: 'stop-earlier', readonly: '' },
  cost: { ...GROUP, views: 'energy', controls: '', readonly: '' },
  break: { ...GROUP, views: 'break-it', readonly: '' },
  own: { ...GROUP, views: 'pad verdict votes stage', controls: '' },
};
