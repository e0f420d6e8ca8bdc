// The sample digits and the measured accuracy. Loaded when a figure wants one of them.

import accuracy from 'carried:www/assets/accuracy.json';
import samples from 'carried:www/assets/samples.json';

export { accuracy, samples };
