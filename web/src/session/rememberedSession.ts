/**
 * Whether this browser signed in before; no credential. Without it a first visit would ask for a session
 * that cannot exist, and the browser would write the refusal into its console.
 */
const KEY = 'tarn.signed_in';

export function hasSignedInBefore(): boolean {
  return localStorage.getItem(KEY) !== null;
}

export function rememberSignIn(): void {
  localStorage.setItem(KEY, '1');
}

export function forgetSignIn(): void {
  localStorage.removeItem(KEY);
}
