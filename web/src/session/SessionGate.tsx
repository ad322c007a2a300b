import type { ReactNode } from 'react';
import { FileDropTarget } from '../load/FileDropTarget';
import { useSession } from './SessionContext';
import { SessionExpired } from './SessionExpired';
import { SignInPage } from './SignInPage';

/** Shows the page to whoever is signed in, the sign-in form to everyone else. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { state } = useSession();
  switch (state.status) {
    case 'resuming':
      return null;
    case 'signed-out':
      return <SignInPage />;
    case 'signed-in':
    case 'expired':
      return (
        <>
          {children}
          <FileDropTarget />
          <SessionExpired opened={state.status === 'expired'} username={state.session.user.name} />
        </>
      );
  }
}
