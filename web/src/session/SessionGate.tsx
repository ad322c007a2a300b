import { Outlet } from '@tanstack/react-router';
import { FileDropTarget } from '../load/FileDropTarget';
import { useSession } from './SessionContext';
import { SessionExpired } from './SessionExpired';
import { SignInPage } from './SignInPage';

/** Shows the page to whoever is signed in, the sign-in form to everyone else. */
export function SessionGate() {
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
          <Outlet />
          <FileDropTarget />
          <SessionExpired opened={state.status === 'expired'} username={state.session.user.name} />
        </>
      );
  }
}
