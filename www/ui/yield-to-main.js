/** Lets the browser draw and hands be answered before work goes on. */
export function breath() {
  return new Promise((go) => setTimeout(go));
}
