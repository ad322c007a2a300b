import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { createWorkspace, listWorkspaces } from '../api/tenants';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { NameDialog } from '../kit/NameDialog';
import manage from '../manage/manage.module.css';
import { useSession } from '../session/SessionContext';
import { SettingsCard } from './SettingsCard';

const WORKSPACES_KEY = ['workspaces'] as const;

export function WorkspacesCard() {
  const { transport } = useSession();
  const [adding, setAdding] = useState(false);
  const listing = useQuery({
    queryKey: [...WORKSPACES_KEY],
    staleTime: 0,
    queryFn: ({ signal }) => listWorkspaces(transport, signal),
  });
  return (
    <SettingsCard
      title="Workspaces"
      lead="History, limits and the default namespace are a workspace’s; tables are everybody’s of the tenant."
      action="Add…"
      needs={{ verb: 'create', on: 'workspace:*' }}
      onAction={() => setAdding(true)}
    >
      <ListFrame query={listing} empty={null}>
        <ul className={manage.chips}>
          {(listing.data ?? []).map(({ id, name }) => (
            <li key={id} className={kit.badge}>
              {name}
            </li>
          ))}
        </ul>
      </ListFrame>
      {adding && (
        <NameDialog
          title="New workspace"
          action="Create workspace"
          maxLength={200}
          create={(name) => createWorkspace(transport, name)}
          listed={WORKSPACES_KEY}
          onClose={() => setAdding(false)}
        />
      )}
    </SettingsCard>
  );
}
