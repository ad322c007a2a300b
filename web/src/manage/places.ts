import { useQueries, useQuery } from '@tanstack/react-query';
import { why } from '../api/grants';
import type { Session } from '../api/session';
import { getUser } from '../api/users';
import type { Path } from '../app/location';
import { useSession } from '../session/SessionContext';

export interface Place {
  to: Path;
  label: string;
  /** What whoever goes there has to be allowed; everybody may go to the others. */
  needs?: { verb: string; on: string };
  /** Of use to whoever looks after the server. */
  operator?: boolean;
}

export const PLACES: readonly Place[] = [
  { to: '/users', label: 'Users', needs: { verb: 'describe', on: 'user:*' } },
  { to: '/roles', label: 'Roles', needs: { verb: 'describe', on: 'role:*' } },
  { to: '/grants', label: 'Grants', needs: { verb: 'describe', on: 'grant:*' } },
  { to: '/access', label: 'Why?' },
  { to: '/audit', label: 'Audit', needs: { verb: 'select', on: 'audit:*' } },
  { to: '/usage', label: 'Usage' },
  { to: '/tenants', label: 'Tenants', operator: true },
  { to: '/settings', label: 'Settings', needs: { verb: 'describe', on: 'setting:*' } },
];

const KEPT_MS = 300_000;

/** Whether the caller may, as the server says; null while it has not answered. */
export function useMay(questions: readonly { verb: string; on: string }[]): (boolean | null)[] {
  const { transport } = useSession();
  const session = useCurrentSession();
  return useQueries({
    queries: questions.map(({ verb, on }) => ({
      queryKey: ['may', session?.user.id, verb, on],
      enabled: session !== null,
      staleTime: KEPT_MS,
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await why(transport, { verb, on }, signal)).allowed !== 'no',
    })),
    combine: (answers) => answers.map(({ data }) => data ?? null),
  });
}

export function useCurrentSession(): Session | null {
  const { state } = useSession();
  return state.status === 'signed-in' || state.status === 'expired' ? state.session : null;
}

const GUARDED = PLACES.flatMap(({ to, needs }) => (needs === undefined ? [] : [{ to, ...needs }]));

const OF_TENANTS = [{ verb: 'manage', on: 'tenant:*' }];

/** Whether the caller looks after the server. Only administrators can, so only they are asked about. */
export function useOperator(): boolean {
  const { transport } = useSession();
  const session = useCurrentSession();
  const [may] = useMay(OF_TENANTS);
  const user = useQuery({
    queryKey: ['may', session?.user.id, 'operator'],
    enabled: session !== null && may === true,
    staleTime: KEPT_MS,
    queryFn: ({ signal }) => getUser(transport, session?.user.id ?? '', signal),
  });
  return user.data?.operator === true;
}

const OF_USERS = [{ verb: 'describe', on: 'user:*' }];

/** Where "Manage" leads. It stands on every page, so it asks about one of them alone. */
export function useFirstPlace(): Path {
  const [users] = useMay(OF_USERS);
  return users === true ? '/users' : '/access';
}

/** The pages that are of use to the caller. The server decides; this only leaves out what it would refuse. */
export function usePlaces(): Place[] {
  const answers = useMay(GUARDED);
  const looksAfter = useOperator();
  return PLACES.filter(({ to, needs, operator = false }) => {
    if (operator) {
      return looksAfter;
    }
    const at = GUARDED.findIndex((one) => one.to === to);
    return needs === undefined || answers[at] === true;
  });
}
