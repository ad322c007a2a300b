import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createWorkspace, listWorkspaces } from '../api/tenants';
import { TextField } from '../kit/Field';
import { FormDialog } from '../kit/FormDialog';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
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
      {adding && <NewWorkspaceDialog onClose={() => setAdding(false)} />}
    </SettingsCard>
  );
}

function NewWorkspaceDialog({ onClose }: { onClose: () => void }) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  return (
    <FormDialog
      opened
      title="New workspace"
      action="Create workspace"
      onSubmit={async () => {
        await createWorkspace(transport, name.trim());
        await queryClient.invalidateQueries({ queryKey: WORKSPACES_KEY });
        onClose();
      }}
      onClose={onClose}
    >
      <TextField
        label="Name"
        data-autofocus
        required
        maxLength={200}
        value={name}
        onChange={setName}
      />
    </FormDialog>
  );
}
