// The names that the element answers to. What they mean is in scripts/package/api.js, which no page loads.

/** All attributes, in the order of the documentation. */
export const ATTRIBUTES = [
  ...['src', 'digit', 'link', 'for', 'group'],
  ...['seed', 'steps', 'encoding', 'reset', 'readout'],
  ...['autoplay', 'speed', 'loop', 'controls', 'views', 'readonly'],
  ...['loading', 'theme', 'lang'],
];

/** The attributes that are settings of the simulator. */
export const SETTING_ATTRIBUTES = ['seed', 'steps', 'encoding', 'reset', 'readout'];

/** The properties that can be set. */
export const PROPERTIES = ['network', 'strokes', 'settings', 'currentTime'];

/** What a figure shows where `views` is absent. */
export const DEFAULT_VIEWS = 'pad verdict votes stage';
