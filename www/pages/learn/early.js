// Runs before the page is shown; the build writes it into the page. Only with JavaScript are figures live and answers hidden
// until the reader has guessed.

import '../../ui/start.js';

document.documentElement.classList.add('with-script');

// A guess that is sent before the page is live would leave the page; the reader can send it again.
document.addEventListener('submit', (event) => event.preventDefault());
