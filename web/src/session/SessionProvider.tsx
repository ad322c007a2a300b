import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Problem } from '../api/problem';
import {
  type Credential,
  signOut as deleteSession,
  signIn as postSession,
  resumeSession,
  type Session,
} from '../api/session';
import { Transport } from '../api/transport';
import { forgetTabs } from '../workbench/tabStorage';
import { signedOut } from './onSignOut';
import { forgetSignIn, hasSignedInBefore, rememberSignIn } from './rememberedSession';
import { SessionContext, type SessionState } from './SessionContext';

export function SessionProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const transport = useMemo(() => new Transport(), []);
  const [state, setState] = useState<SessionState>(() =>
    hasSignedInBefore() ? { status: 'resuming' } : { status: 'signed-out' },
  );
  const current = useRef<Session | null>(null);

  const begin = useCallback((session: Session) => {
    current.current = session;
    rememberSignIn();
    setState({ status: 'signed-in', session });
  }, []);

  const end = useCallback(() => {
    current.current = null;
    forgetSignIn();
    queryClient.clear();
    signedOut();
    setState({ status: 'signed-out' });
  }, [queryClient]);

  useEffect(() => {
    transport.onUnauthenticated = () =>
      setState((before) =>
        before.status === 'signed-in' ? { status: 'expired', session: before.session } : before,
      );
    transport.renewToken = () => renewToken(transport, current.current);
  }, [transport]);

  useEffect(() => {
    if (hasSignedInBefore()) {
      resumeSession(transport).then(begin, (failure) => {
        // A server that is away for a moment has not ended the session: the next reload asks again.
        if (Problem.from(failure).status === 401) {
          end();
        } else {
          setState({ status: 'signed-out' });
        }
      });
    }
  }, [transport, begin, end]);

  const signIn = useCallback(
    async (credential: Credential) => {
      const before = current.current;
      const session = await postSession(transport, credential);
      if (before !== null && before.user.id !== session.user.id) {
        queryClient.clear();
      }
      begin(session);
      void queryClient.invalidateQueries();
    },
    [transport, queryClient, begin],
  );

  const signOut = useCallback(async () => {
    try {
      await deleteSession(transport);
    } catch (failure) {
      if (Problem.from(failure).status !== 401) {
        throw failure;
      }
    }
    end();
    forgetTabs();
  }, [transport, end]);

  const actions = useMemo(
    () => ({ transport, state, signIn, signOut }),
    [transport, state, signIn, signOut],
  );
  return <SessionContext value={actions}>{children}</SessionContext>;
}

async function renewToken(transport: Transport, session: Session | null): Promise<boolean> {
  const stale = transport.csrfToken;
  const renewed = await resumeSession(transport).catch(() => null);
  return renewed !== null && renewed.user.id === session?.user.id && renewed.csrf_token !== stale;
}
