const listeners = new Set<() => void>();

/** What is kept outside of components and belongs to a user is dropped with the user. */
export function onSignOut(listener: () => void): void {
  listeners.add(listener);
}

export function signedOut(): void {
  for (const listener of listeners) {
    listener();
  }
}
