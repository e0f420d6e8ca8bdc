// The description of <spike-pad> for editors and tools: custom-elements.json of schema 2.1.

export function manifest() {
  return {};
}
