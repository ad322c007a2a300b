/** Files that were dropped on another page, on their way to the page that loads them. */
let pending: File[] = [];
const listeners = new Set<() => void>();

export function handOver(files: File[]): void {
  pending = files;
  for (const listener of listeners) {
    listener();
  }
}

export function takePending(): File[] {
  const files = pending;
  pending = [];
  return files;
}

export function onPending(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
