const SHORTEST = 8;

/** What is wrong with a new password before the server is asked; null when nothing is. */
export function passwordHindrance(next: string, again: string): string | null {
  if ([...next].length < SHORTEST) {
    return `A password has at least ${SHORTEST} characters.`;
  }
  return next === again ? null : 'The two new passwords differ.';
}
