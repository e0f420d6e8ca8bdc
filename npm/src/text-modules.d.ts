/** A file of the repository as text: see scripts/package/carried-files.js. */
declare module 'carried:*' {
  const text: string;
  export default text;
}
