import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteProvider, type IdentityProvider, listProviders } from '../api/identityProviders';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { RemovalDialog } from '../kit/RemovalDialog';
import { RowButton } from '../kit/RowButton';
import { ActionsHead, ScrollTable } from '../kit/ScrollTable';
import { May } from '../manage/May';
import manage from '../manage/manage.module.css';
import { useSession } from '../session/SessionContext';
import { ProviderDialog } from './ProviderDialog';
import { SettingsCard } from './SettingsCard';

export const PROVIDERS_KEY = ['identity-providers'] as const;
const CHANGE = { verb: 'manage', on: 'setting:*' };

export function ProvidersCard() {
  const { transport } = useSession();
  const [editing, setEditing] = useState<IdentityProvider | 'new' | null>(null);
  const [doomed, setDoomed] = useState<string | null>(null);
  const listing = useQuery({
    queryKey: [...PROVIDERS_KEY],
    staleTime: 0,
    queryFn: ({ signal }) => listProviders(transport, signal),
  });
  const providers = listing.data ?? [];
  return (
    <SettingsCard
      title="Identity providers"
      lead="Issuers (OpenID Connect) whose users sign in here, and whose bearer tokens the APIs take."
      action="Add…"
      needs={CHANGE}
      onAction={() => setEditing('new')}
    >
      <ListFrame
        query={listing}
        empty={
          providers.length === 0 ? 'Users sign in with passwords and keys of ours alone.' : null
        }
      >
        <ScrollTable
          label="Providers"
          head={
            <>
              <th>Name</th>
              <th>Issuer</th>
              <th>Client</th>
              <th>New users</th>
              <ActionsHead />
            </>
          }
        >
          {providers.map((provider) => (
            <tr key={provider.name}>
              <th scope="row" className={kit.wrap}>
                {provider.name}
              </th>
              <td className={`${kit.code} ${kit.wrap}`}>{provider.issuer}</td>
              <td className={`${kit.code} ${kit.wrap}`}>{provider.client_id}</td>
              <td>{provider.just_in_time ? 'at their first sign-in' : 'made here first'}</td>
              <td className={kit.number}>
                <May {...CHANGE}>
                  <div className={manage.rowActions}>
                    <RowButton
                      name={`Change ${provider.name}`}
                      onClick={() => setEditing(provider)}
                    >
                      Change
                    </RowButton>
                    <RowButton
                      name={`Delete ${provider.name}`}
                      onClick={() => setDoomed(provider.name)}
                    >
                      Delete
                    </RowButton>
                  </div>
                </May>
              </td>
            </tr>
          ))}
        </ScrollTable>
      </ListFrame>
      {editing !== null && (
        <ProviderDialog
          provider={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
      <RemovalDialog
        doomed={doomed}
        title={(name) => `Delete ${name}?`}
        action="Delete"
        remove={(name) => deleteProvider(transport, name)}
        listed={PROVIDERS_KEY}
        onClose={() => setDoomed(null)}
      >
        {() => 'Nobody signs in through it any more, and its tokens are refused. Its users stay.'}
      </RemovalDialog>
    </SettingsCard>
  );
}
