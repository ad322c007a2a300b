import { useSession } from '../session/SessionContext';
import { tabStoreOf } from './TabStore';
import { WorkbenchPage } from './WorkbenchPage';

export function Workbench() {
  const { state } = useSession();
  if (state.status !== 'signed-in' && state.status !== 'expired') {
    return null;
  }
  const { session } = state;
  return (
    <WorkbenchPage key={session.user.id} session={session} store={tabStoreOf(session.user.id)} />
  );
}
