// Runs before the page is shown; the build writes it into the page. Only with JavaScript are figures live and answers hidden
// until the reader has guessed.

import '../page/start.js';

document.documentElement.classList.add('with-script');
