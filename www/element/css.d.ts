/** A style sheet as text: see scripts/build/css-as-text.js. */
declare module '*.css' {
  const text: string;
  export default text;
}
