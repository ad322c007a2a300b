import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { listRoles, type Role } from '../api/roles';
import { listUsers } from '../api/users';
import { useMay } from '../manage/places';
import { useSession } from '../session/SessionContext';

export const USERS_KEY = ['users'] as const;
export const ROLES_KEY = ['roles'] as const;

// Not asked when it would be refused: a refusal is written into the audit trail.
const OF_USERS = [{ verb: 'describe', on: 'user:*' }];
const OF_ROLES = [{ verb: 'describe', on: 'role:*' }];

/** Names of users that begin as typed; none for whoever may not see users. */
export function useUserNames(typed: string): string[] {
  const { transport } = useSession();
  const [may] = useMay(OF_USERS);
  const users = useQuery({
    enabled: may === true,
    queryKey: [...USERS_KEY, 'names', typed.trim()],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => listUsers(transport, typed.trim(), null, signal),
  });
  return users.data?.users.map(({ name }) => name) ?? [];
}

/** All roles; none for whoever may not see them. */
export function useRoles(): Role[] {
  const { transport } = useSession();
  const [may] = useMay(OF_ROLES);
  const roles = useQuery({
    enabled: may === true,
    queryKey: [...ROLES_KEY],
    queryFn: ({ signal }) => listRoles(transport, signal),
  });
  return roles.data ?? [];
}
