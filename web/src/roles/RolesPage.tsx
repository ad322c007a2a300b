import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ROLES_KEY } from '../access/people';
import { createRole, deleteRole, listRoles, type Role } from '../api/roles';
import { Link } from '../app/routing';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { NameDialog } from '../kit/NameDialog';
import { RemovalDialog } from '../kit/RemovalDialog';
import { RowButton } from '../kit/RowButton';
import { ActionsHead, ScrollTable } from '../kit/ScrollTable';
import { ManagePage } from '../manage/ManagePage';
import { May } from '../manage/May';
import manage from '../manage/manage.module.css';
import { plural } from '../results/figures';
import { useSession } from '../session/SessionContext';
import { MembersDialog } from './MembersDialog';

export function RolesPage() {
  const { transport } = useSession();
  const [creating, setCreating] = useState(false);
  const [doomed, setDoomed] = useState<Role | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const listing = useQuery({
    queryKey: [...ROLES_KEY],
    staleTime: 0,
    queryFn: ({ signal }) => listRoles(transport, signal),
  });
  return (
    <ManagePage
      title="Roles"
      lead="What users may together. Built-in roles may the same in every tenant; what other roles may is what was granted to them."
      actions={
        <May verb="create" on="role:*">
          <Button onClick={() => setCreating(true)}>New role</Button>
        </May>
      }
    >
      <ListFrame query={listing} empty={null}>
        <ScrollTable
          label="Roles"
          head={
            <>
              <th>Role</th>
              <th>May</th>
              <th>Members</th>
              <ActionsHead />
            </>
          }
        >
          {(listing.data ?? []).map((role) => (
            <Row
              key={role.name}
              role={role}
              onMembers={() => setOpened(role.name)}
              onDelete={() => setDoomed(role)}
            />
          ))}
        </ScrollTable>
      </ListFrame>
      {creating && (
        <NameDialog
          title="New role"
          action="Create role"
          hint="It may nothing until something is granted to it."
          maxLength={100}
          create={(name) => createRole(transport, name)}
          listed={ROLES_KEY}
          onClose={() => setCreating(false)}
        />
      )}
      {opened !== null && <MembersDialog role={opened} onClose={() => setOpened(null)} />}
      <RemovalDialog
        doomed={doomed}
        title={({ name }) => `Delete the role ${name}?`}
        action="Delete"
        remove={({ name }) => deleteRole(transport, name)}
        listed={ROLES_KEY}
        onClose={() => setDoomed(null)}
      >
        {({ members }) =>
          `Its grants go with it, and ${plural(members, 'user')} may no longer what it allowed.`
        }
      </RemovalDialog>
    </ManagePage>
  );
}

interface RowProps {
  role: Role;
  onMembers: () => void;
  onDelete: () => void;
}

function Row({ role, onMembers, onDelete }: RowProps) {
  const verbs = Object.entries(role.verbs ?? {});
  return (
    <tr>
      <th scope="row" className={kit.wrap}>
        {role.name} {role.built_in && <span className={kit.badge}>built in</span>}
      </th>
      <td className={manage.verbs}>
        {role.description}
        {verbs.length > 0 && (
          <details>
            <summary>On what, exactly</summary>
            <dl className={kit.facts}>
              {verbs.map(([kind, allowed]) => (
                <div key={kind} style={{ display: 'contents' }}>
                  <dt>{kind}</dt>
                  <dd>{allowed.join(', ')}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </td>
      <td>
        <button type="button" className={kit.linkButton} onClick={onMembers}>
          {plural(role.members, 'member')}
          <span className={kit.unseen}> of {role.name}</span>
        </button>
      </td>
      <td className={kit.number}>
        <div className={manage.rowActions}>
          <May verb="describe" on="grant:*">
            <Link className={kit.link} to="/grants" search={{ to: role.name }}>
              Grants<span className={kit.unseen}> of {role.name}</span>
            </Link>
          </May>
          {!role.built_in && (
            <May verb="drop" on="role:*">
              <RowButton name={`Delete ${role.name}`} onClick={onDelete}>
                Delete
              </RowButton>
            </May>
          )}
        </div>
      </td>
    </tr>
  );
}
