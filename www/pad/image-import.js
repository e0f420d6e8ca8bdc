// Takes images from what is pasted or dropped.

/**
 * Takes files that are pasted into or dropped on a target.
 * @param {Document | HTMLElement} target
 * @param {object} handlers
 * @param {() => boolean} handlers.wanted may files be taken now?
 * @param {(file: File) => void} handlers.onFile
 * @param {(over: boolean) => void} handlers.onDrag a file came over the target, or left it
 */
export function createImageDrop(target, { wanted, onFile, onDrag }) {
  const controller = new AbortController();
  const { signal } = controller;
  /**
   * @template {Event} E
   * @param {string} type
   * @param {(event: E) => void} handle
   */
  const on = (type, handle) => target.addEventListener(type, /** @type {(event: any) => void} */ (handle), { signal });

  on('paste', (/** @type {ClipboardEvent} */ event) => {
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    if (!file || !wanted()) return;
    event.preventDefault();
    onFile(file);
  });
  on('dragover', (/** @type {DragEvent} */ event) => {
    if (!event.dataTransfer?.types.includes('Files') || !wanted()) return;
    event.preventDefault();
    onDrag(true);
  });
  on('dragleave', (/** @type {DragEvent} */ { relatedTarget }) => {
    if (!(relatedTarget instanceof Node && target.contains(relatedTarget))) onDrag(false);
  });
  on('drop', (/** @type {DragEvent} */ event) => {
    onDrag(false);
    const file = event.dataTransfer?.files[0];
    if (!file || !wanted()) return;
    event.preventDefault();
    onFile(file);
  });

  return {
    destroy() {
      controller.abort();
    },
  };
}
