import type { Transport } from '../api/transport';
import { onSignOut } from '../session/onSignOut';
import { LoadFlow } from './LoadFlow';

let current: { userId: string; flow: LoadFlow } | null = null;

onSignOut(() => {
  current?.flow.startOver();
  current = null;
});

/** The one of this user, kept while other pages are shown. */
export function flowFor(transport: Transport, userId: string): LoadFlow {
  if (current === null || current.userId !== userId) {
    current = { userId, flow: new LoadFlow(transport) };
    void current.flow.resume();
  }
  return current.flow;
}
