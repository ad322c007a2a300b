/** The text of the editor outlives a reload of its tab, and nothing longer. */
const KEY = 'tarn.draft';

export function readDraft(): string {
  return sessionStorage.getItem(KEY) ?? '';
}

export function keepDraft(text: string): void {
  try {
    sessionStorage.setItem(KEY, text);
  } catch {
    // Over the browser's quota (about 5 MB) the text stays in the editor alone.
    sessionStorage.removeItem(KEY);
  }
}

export function forgetDraft(): void {
  sessionStorage.removeItem(KEY);
}
