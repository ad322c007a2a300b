import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteSecret, listSecrets, putSecret } from '../api/secrets';
import { TextField } from '../kit/Field';
import { FormDialog } from '../kit/FormDialog';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { RemovalDialog } from '../kit/RemovalDialog';
import { RowButton } from '../kit/RowButton';
import { ActionsHead, ScrollTable } from '../kit/ScrollTable';
import { Time } from '../kit/Time';
import { May } from '../manage/May';
import manage from '../manage/manage.module.css';
import { useSession } from '../session/SessionContext';
import { SettingsCard } from './SettingsCard';

const SECRETS_KEY = ['secrets'] as const;

/** Names of stored secrets; values only go in. */
export function SecretsCard() {
  return (
    <May verb="describe" on="secret:*">
      <Secrets />
    </May>
  );
}

function Secrets() {
  const { transport } = useSession();
  /** The name to set, or '' for a new one. */
  const [setting, setSetting] = useState<string | null>(null);
  const [doomed, setDoomed] = useState<string | null>(null);
  const listing = useInfiniteQuery({
    queryKey: [...SECRETS_KEY],
    initialPageParam: null as string | null,
    staleTime: 0,
    queryFn: ({ pageParam, signal }) => listSecrets(transport, pageParam, signal),
    getNextPageParam: (page) => page.next_cursor ?? null,
  });
  const secrets = listing.data?.pages.flatMap((page) => page.secrets) ?? [];
  return (
    <SettingsCard
      title="Stored secrets"
      lead={
        <>
          Kept encrypted and given to nobody. Settings refer to one as{' '}
          <code className={kit.code}>secret:NAME</code>.
        </>
      }
      action="Set…"
      needs={{ verb: 'create', on: 'secret:*' }}
      onAction={() => setSetting('')}
    >
      <ListFrame
        query={listing}
        empty={secrets.length === 0 ? 'No secret is stored.' : null}
        more="Show more"
      >
        <ScrollTable
          label="Secrets"
          head={
            <>
              <th>Name</th>
              <th>Made</th>
              <th>Changed</th>
              <ActionsHead />
            </>
          }
        >
          {secrets.map((secret) => (
            <tr key={secret.name}>
              <th scope="row" className={kit.wrap}>
                {secret.name}
              </th>
              <td className={kit.nowrap}>
                <Time at={secret.created_at} />
                {secret.created_by !== null && (
                  <div className={kit.dim}>by {secret.created_by}</div>
                )}
              </td>
              <td className={kit.nowrap}>
                <Time at={secret.updated_at} />
              </td>
              <td className={kit.number}>
                <div className={manage.rowActions}>
                  <May verb="alter" on="secret:*">
                    <RowButton name={`Set ${secret.name}`} onClick={() => setSetting(secret.name)}>
                      Set
                    </RowButton>
                  </May>
                  <May verb="drop" on="secret:*">
                    <RowButton
                      name={`Delete ${secret.name}`}
                      onClick={() => setDoomed(secret.name)}
                    >
                      Delete
                    </RowButton>
                  </May>
                </div>
              </td>
            </tr>
          ))}
        </ScrollTable>
      </ListFrame>
      {setting !== null && <SecretDialog name={setting} onClose={() => setSetting(null)} />}
      <RemovalDialog
        doomed={doomed}
        title={(name) => `Delete ${name}?`}
        action="Delete"
        remove={(name) => deleteSecret(transport, name)}
        listed={SECRETS_KEY}
        onClose={() => setDoomed(null)}
      >
        {() => 'Whatever refers to it fails until it is set again.'}
      </RemovalDialog>
    </SettingsCard>
  );
}

function SecretDialog({ name: known, onClose }: { name: string; onClose: () => void }) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState(known);
  const [value, setValue] = useState('');
  return (
    <FormDialog
      opened
      title={known === '' ? 'Set a secret' : `Set ${known}`}
      action="Set"
      onSubmit={async () => {
        await putSecret(transport, name.trim(), value);
        await queryClient.invalidateQueries({ queryKey: SECRETS_KEY });
        onClose();
      }}
      onClose={onClose}
    >
      {known === '' && (
        <TextField
          label="Name"
          data-autofocus
          required
          maxLength={200}
          value={name}
          onChange={setName}
        />
      )}
      <TextField
        label="Value"
        type="password"
        required
        value={value}
        {...(known === '' ? {} : { 'data-autofocus': true })}
        onChange={setValue}
      />
    </FormDialog>
  );
}
