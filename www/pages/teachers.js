// The entry of the page for teachers.

import { createPreferences } from '../state/preferences.js';
import { element } from '../ui/dom.js';
import { markStarted } from '../ui/started.js';
import { createTheme } from '../ui/theme.js';

createTheme(element('theme', HTMLButtonElement), createPreferences());
element('print', HTMLButtonElement).addEventListener('click', () => {
  document.documentElement.classList.add('sheet-only');
  print();
});
addEventListener('afterprint', () => document.documentElement.classList.remove('sheet-only'));
markStarted();
