/** The upload that is being shaped, so that a reload of the page need not send it again. It is no secret: the server knows whose it is. */
const KEY = 'tarn.upload';

export function keepUpload(id: string): void {
  sessionStorage.setItem(KEY, id);
}

export function keptUpload(): string | null {
  return sessionStorage.getItem(KEY);
}

export function forgetUpload(): void {
  sessionStorage.removeItem(KEY);
}
