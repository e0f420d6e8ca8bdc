// Tells whether a field holds text that its user has not entered yet: it must not be replaced.

/**
 * @param {HTMLElement} field
 * @returns {() => boolean}
 */
export function watchTyping(field) {
  let typing = false;
  field.addEventListener('input', () => {
    typing = true;
  });
  for (const type of ['change', 'blur']) {
    field.addEventListener(type, () => {
      typing = false;
    });
  }
  return () => typing;
}
