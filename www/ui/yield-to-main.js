/** Lets the browser paint and handle input before the work goes on. */
export function yieldToMain() {
  return new Promise((resume) => setTimeout(resume));
}
