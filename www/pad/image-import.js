// Takes files that are pasted or dropped.

/** How the files of the images begin that the page reads: PNG, JPEG, GIF, BMP, WebP, TIFF. */
const IMAGE = /^(\x89PNG|\xff\xd8\xff|GIF8|BM|RIFF|II\*|MM\0)/;

/** Is it an image? Its first bytes tell where its type does not. @param {File} file */
export async function isImage(file) {
  if (file.type.startsWith('image/')) return true;
  return IMAGE.test(String.fromCharCode(...new Uint8Array(await file.slice(0, 4).arrayBuffer())));
}

/**
 * Takes images that are pasted into a target, and files that that are dropped on it.
 * @param {Document | HTMLElement} target
 * @param {object} handlers
 * @param {() => boolean} handlers.wanted may files be taken now?
 * @param {(files: File[]) => void} handlers.onFiles
 * @param {(over: boolean, type: string) => void} handlers.onDrag a file of this type came over the target, or it left
 */
export function createFileDrop(target, { wanted, onFiles, onDrag }) {
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
    onFiles([file]);
  });
  on('dragover', (/** @type {DragEvent} */ event) => {
    if (!event.dataTransfer?.types.includes('Files') || !wanted()) return;
    event.preventDefault();
    onDrag(true, event.dataTransfer.items[0]?.type ?? '');
  });
  on('dragleave', (/** @type {DragEvent} */ { relatedTarget }) => {
    if (!(relatedTarget instanceof Node && target.contains(relatedTarget))) onDrag(false, '');
  });
  on('drop', (/** @type {DragEvent} */ event) => {
    onDrag(false, '');
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0 || !wanted()) return;
    event.preventDefault();
    onFiles(files);
  });

  return {
    destroy() {
      controller.abort();
    },
  };
}
