const KEPT_MS = 60_000;
const UNFIT = /[^\p{L}\p{N} ._-]+/gu;

export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name.replaceAll(UNFIT, '_');
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
