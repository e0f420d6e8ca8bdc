// What is said where a drawing or a picture seems to hold more than one digit.

export const SEVERAL = 'More than one digit? It reads one at a time.';
