import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { USERS_KEY } from '../access/people';
import { listUsers, type User } from '../api/users';
import { Link, useSearch } from '../app/routing';
import { TextField } from '../kit/Field';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { Menu } from '../kit/Menu';
import { RowButton } from '../kit/RowButton';
import { ActionsHead, ScrollTable } from '../kit/ScrollTable';
import { Time } from '../kit/Time';
import { ManagePage } from '../manage/ManagePage';
import { May } from '../manage/May';
import manage from '../manage/manage.module.css';
import { useMay, useOperator } from '../manage/places';
import { useSession } from '../session/SessionContext';
import { NewUserDialog } from './NewUserDialog';
import { type UserAction, UserDialog } from './UserDialogs';

const TYPING_PAUSE_MS = 300;

export function UsersPage() {
  const { transport } = useSession();
  const start = useSearch();
  const [text, setText] = useState(start.q ?? '');
  const [wanted] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS);
  const [creating, setCreating] = useState(false);
  const [doing, setDoing] = useState<{ action: UserAction; user: User } | null>(null);
  const listing = useInfiniteQuery({
    queryKey: [...USERS_KEY, 'list', wanted],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => listUsers(transport, wanted, pageParam, signal),
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const users = listing.data?.pages.flatMap((page) => page.users) ?? [];
  return (
    <ManagePage
      title="Users"
      lead="Who signs in. What they may is in their roles and in what was granted to them."
      actions={
        <May verb="create" on="user:*">
          <Button onClick={() => setCreating(true)}>New user</Button>
        </May>
      }
    >
      <div className={manage.filters}>
        <TextField
          label="Search"
          type="search"
          placeholder="Name or e-mail"
          value={text}
          onChange={setText}
        />
      </div>
      <ListFrame
        query={listing}
        empty={users.length === 0 ? 'No user matches.' : null}
        more="Show more"
      >
        <ScrollTable
          label="Users"
          head={
            <>
              <th>Name</th>
              <th>E-mail</th>
              <th>Roles</th>
              <th>Made</th>
              <ActionsHead />
            </>
          }
        >
          {users.map((user) => (
            <Row key={user.id} user={user} onDo={(action) => setDoing({ action, user })} />
          ))}
        </ScrollTable>
      </ListFrame>
      <NewUserDialog opened={creating} onClose={() => setCreating(false)} />
      {doing !== null && (
        <UserDialog action={doing.action} user={doing.user} onClose={() => setDoing(null)} />
      )}
    </ManagePage>
  );
}

const WAYS = [
  { verb: 'alter', on: 'user:*' },
  { verb: 'manage', on: 'user:*' },
];

/** Whether the caller may change the profile and the rest; only the operator looks after the operator. */
function useManages(user: User): [boolean, boolean] {
  const [alters, manages] = useMay(WAYS);
  const operator = useOperator();
  return [alters === true, manages === true && (!user.operator || operator)];
}

function Actions({ user, onDo }: { user: User; onDo: (action: UserAction) => void }) {
  const [alters, manages] = useManages(user);
  const items = [
    ...(alters ? [{ label: 'Profile…', onSelect: () => onDo('profile') }] : []),
    ...(manages && user.issuer == null
      ? [{ label: 'Set password…', onSelect: () => onDo('password') }]
      : []),
    ...(manages
      ? [{ label: user.active ? 'Disable…' : 'Enable…', onSelect: () => onDo('active') }]
      : []),
  ];
  return items.length === 0 ? null : (
    <Menu label={`Actions of ${user.name}`} short="⋯" items={items} />
  );
}

function Row({ user, onDo }: { user: User; onDo: (action: UserAction) => void }) {
  const [, manages] = useManages(user);
  const person = [user.first_name, user.last_name].filter((part) => part != null).join(' ');
  return (
    <tr>
      <th scope="row" className={kit.wrap}>
        {user.name} {!user.active && <span className={kit.badge}>disabled</span>}{' '}
        {user.operator && (
          <span className={kit.badge} title="Looks after the server and its tenants">
            operator
          </span>
        )}
        {person !== '' && <div className={kit.dim}>{person}</div>}
        {user.issuer != null && <div className={kit.dim}>from {user.issuer}</div>}
      </th>
      <td className={kit.wrap}>{user.email ?? <span className={kit.dim}>–</span>}</td>
      <td>
        <div className={manage.roles}>
          {user.roles.map((role) => (
            <span key={role} className={kit.badge}>
              {role}
            </span>
          ))}
          {user.roles.length === 0 && <span className={kit.dim}>none</span>}
        </div>
      </td>
      <td className={kit.nowrap}>
        <Time at={user.created_at} />
      </td>
      <td className={kit.number}>
        <div className={manage.rowActions}>
          {manages && (
            <RowButton name={`Roles of ${user.name}`} onClick={() => onDo('roles')}>
              Roles
            </RowButton>
          )}
          <May verb="describe" on="grant:*">
            <Link className={kit.link} to="/grants" search={{ to: user.name }}>
              Grants
            </Link>
          </May>
          <Actions user={user} onDo={onDo} />
        </div>
      </td>
    </tr>
  );
}
