import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { listRoles, type Role } from '../api/roles';
import { listUsers } from '../api/users';
import { useSession } from '../session/SessionContext';

export const USERS_KEY = ['users'] as const;
export const ROLES_KEY = ['roles'] as const;

/** Names of users that begin as typed; none for whoever may not see users. */
export function useUserNames(typed: string): string[] {
  const { transport } = useSession();
  const users = useQuery({
    queryKey: [...USERS_KEY, 'names', typed.trim()],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => listUsers(transport, typed.trim(), null, signal),
  });
  return users.data?.users.map(({ name }) => name) ?? [];
}

/** All roles; none for whoever may not see them. */
export function useRoles(): Role[] {
  const { transport } = useSession();
  const roles = useQuery({
    queryKey: [...ROLES_KEY],
    queryFn: ({ signal }) => listRoles(transport, signal),
  });
  return roles.data ?? [];
}
