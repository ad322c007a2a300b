import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { UserField } from '../access/PeopleFields';
import { ROLES_KEY, USERS_KEY } from '../access/people';
import { Problem } from '../api/problem';
import { getUser, listUsers, setRoles, type User } from '../api/users';
import { Dialog } from '../app/Dialog';
import { Notice } from '../app/Notice';
import { collectPages } from '../catalog/pages';
import kit from '../kit/kit.module.css';
import { RowButton } from '../kit/RowButton';
import { May } from '../manage/May';
import manage from '../manage/manage.module.css';
import { plural } from '../results/figures';
import { useSession } from '../session/SessionContext';

/** The server lists users and not members: so many are looked at. */
const USERS_LOOKED_AT = 2_000;
const PAGE = 1_000;

interface Props {
  role: string;
  onClose: () => void;
}

/** Who has a role: to see, to add, to remove. */
export function MembersDialog({ role, onClose }: Props) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const users = useQuery({
    queryKey: [...USERS_KEY, 'all'],
    staleTime: 0,
    queryFn: ({ signal }) =>
      collectPages(async (cursor) => {
        const page = await listUsers(transport, '', cursor, signal, PAGE);
        return { items: page.users, nextCursor: page.next_cursor };
      }, USERS_LOOKED_AT),
  });
  const members = users.data?.items.filter(({ roles }) => roles.includes(role)) ?? [];

  async function change(find: () => Promise<User>, roles: (before: string[]) => string[]) {
    setProblem(null);
    try {
      const user = await find();
      await setRoles(transport, user.id, roles(user.roles));
      setName('');
      void queryClient.invalidateQueries({ queryKey: ROLES_KEY });
      await queryClient.invalidateQueries({ queryKey: USERS_KEY });
    } catch (failure) {
      setProblem(Problem.from(failure));
    }
  }

  function add(event: FormEvent) {
    event.preventDefault();
    void change(
      () => getUser(transport, name.trim()),
      (before) => [...before.filter((one) => one !== role), role],
    );
  }

  return (
    <Dialog opened title={`Members of ${role}`} onClose={onClose}>
      <div className={kit.stack}>
        {users.error !== null && <Notice problem={Problem.from(users.error)} />}
        {users.data?.truncated === true && (
          <p className={kit.hint}>Among the first {plural(USERS_LOOKED_AT, 'user')}.</p>
        )}
        {users.data !== undefined && members.length === 0 && (
          <p className={kit.empty}>Nobody has this role.</p>
        )}
        <ul className={manage.list} aria-label={`Members of ${role}`}>
          {members.map((user) => (
            <li key={user.id} className={kit.row}>
              <span className={kit.wrap}>{user.name}</span>
              {!user.active && <span className={kit.badge}>disabled</span>}
              <May verb="manage" on="user:*">
                <RowButton
                  name={`Remove ${user.name} from ${role}`}
                  onClick={() =>
                    void change(
                      // As it is now: another role may have come since the list was read.
                      () => getUser(transport, user.id),
                      (before) => before.filter((one) => one !== role),
                    )
                  }
                >
                  Remove
                </RowButton>
              </May>
            </li>
          ))}
        </ul>
        {problem !== null && <Notice problem={problem} />}
        <May verb="manage" on="user:*">
          <form className={kit.stack} onSubmit={add}>
            <UserField label="Add a user" required value={name} onChange={setName} />
            <div>
              <Button type="submit" variant="default">
                Add
              </Button>
            </div>
          </form>
        </May>
      </div>
    </Dialog>
  );
}
