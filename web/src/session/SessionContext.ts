import { createContext, useContext } from 'react';
import type { Credential, Session } from '../api/session';
import type { Transport } from '../api/transport';

/** `expired` keeps the session that was: the page stays as it is under the sign-in form. */
export type SessionState =
  | { status: 'resuming' }
  | { status: 'signed-out' }
  | { status: 'signed-in'; session: Session }
  | { status: 'expired'; session: Session };

export interface SessionActions {
  transport: Transport;
  state: SessionState;
  signIn: (credential: Credential) => Promise<void>;
  signOut: () => Promise<void>;
}

export const SessionContext = createContext<SessionActions | null>(null);

export function useSession(): SessionActions {
  const session = useContext(SessionContext);
  if (session === null) {
    throw new Error('useSession needs a SessionProvider above it.');
  }
  return session;
}
