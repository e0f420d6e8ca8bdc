// Settings in words: how they differ from those that suit the network.

/** @import { Settings } from './types.js' */

import { SETTINGS } from '../state/parameters.js';
import { TEXTS } from '../state/settings-texts.js';
import { valueText } from './axis.js';

/**
 * @param {Settings} settings
 * @param {Settings} defaults of the network
 * @returns {string} such as "Threshold 2, Time constant τm 50 ms"
 */
export function settingsText(settings, defaults) {
  const changed = SETTINGS.filter(({ name }) => settings[name] !== defaults[name]);
  if (changed.length === 0) return 'default parameters';
  return changed.map(({ name }) => settingText(name, settings[name])).join(', ');
}

/**
 * @param {keyof Settings} name
 * @param {any} value
 */
export function settingText(name, value) {
  const { label, unit } = TEXTS[name];
  const setting = SETTINGS.find((each) => each.name === name);
  const text =
    setting && 'options' in setting.kind ? setting.kind.options.find((each) => each.value === value)?.text : null;
  const words = label.replace('_', '');
  // Not "Steps 10 steps".
  const ending = unit && unit !== words.toLowerCase() ? ` ${unit}` : '';
  return `${words} ${text ?? valueText(value)}${ending}`;
}
