import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Key, listKeys, revokeKey } from '../api/keys';
import { Check } from '../kit/Choices';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { Page } from '../kit/Page';
import { RemovalDialog } from '../kit/RemovalDialog';
import { RowButton } from '../kit/RowButton';
import { ActionsHead, ScrollTable } from '../kit/ScrollTable';
import { Time } from '../kit/Time';
import manage from '../manage/manage.module.css';
import { useSession } from '../session/SessionContext';
import { type KeyState, keyState } from './expiry';
import { NewKeyDialog } from './NewKeyDialog';

export const KEYS_KEY = ['keys'] as const;

export function KeysPage() {
  const { transport } = useSession();
  const [creating, setCreating] = useState(false);
  const [ended, setEnded] = useState(false);
  const [revoking, setRevoking] = useState<Key | null>(null);
  const listing = useInfiniteQuery({
    queryKey: KEYS_KEY,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => listKeys(transport, pageParam, signal),
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
  const keys = listing.data?.pages.flatMap((page) => page.keys) ?? [];
  const now = Date.now();
  const shown = ended ? keys : keys.filter((key) => keyState(key, now) === 'active');

  return (
    <Page
      title="Keys"
      lead="A key signs in a program: the command line, a notebook, a job. It can do what its user can do, or less."
      actions={<Button onClick={() => setCreating(true)}>New key</Button>}
    >
      <div className={kit.stack}>
        <Check checked={ended} onChange={setEnded}>
          Show revoked and expired ones too
        </Check>
        <ListFrame
          query={listing}
          empty={
            shown.length === 0 ? 'No key is active. Make one for each program that signs in.' : null
          }
          more="Show more"
        >
          <KeysTable keys={shown} now={now} onRevoke={setRevoking} />
        </ListFrame>
      </div>
      <NewKeyDialog opened={creating} onClose={() => setCreating(false)} />
      <RemovalDialog
        doomed={revoking}
        title={({ name }) => `Revoke ${name}?`}
        action="Revoke"
        remove={({ id }) => revokeKey(transport, id)}
        listed={KEYS_KEY}
        onClose={() => setRevoking(null)}
      >
        {({ prefix }) =>
          `Every program that uses ${prefix}… is refused from now on. This cannot be undone.`
        }
      </RemovalDialog>
    </Page>
  );
}

interface TableProps {
  keys: Key[];
  now: number;
  onRevoke: (key: Key) => void;
}

function KeysTable({ keys, now, onRevoke }: TableProps) {
  return (
    <ScrollTable
      label="Keys"
      head={
        <>
          <th>Name</th>
          <th>Begins with</th>
          <th>User</th>
          <th>Reaches</th>
          <th>Made</th>
          <th>Last used</th>
          <th>Ends</th>
          <ActionsHead />
        </>
      }
    >
      {keys.map((key) => (
        <Row key={key.id} apiKey={key} state={keyState(key, now)} onRevoke={() => onRevoke(key)} />
      ))}
    </ScrollTable>
  );
}

interface RowProps {
  apiKey: Key;
  state: KeyState;
  onRevoke: () => void;
}

function Row({ apiKey: key, state, onRevoke }: RowProps) {
  return (
    <tr>
      <th scope="row" className={kit.wrap}>
        {key.name} {state !== 'active' && <span className={kit.badge}>{state}</span>}
        {key.rate_plan != null && <div className={kit.dim}>{key.rate_plan} plan</div>}
      </th>
      <td className={kit.code}>{key.prefix}…</td>
      <td>
        {key.user.name}
        {key.role != null && <div className={kit.dim}>as {key.role} alone</div>}
      </td>
      <td className={kit.wrap}>
        {key.restricted_to == null ? (
          <span className={kit.dim}>all of its user’s</span>
        ) : (
          <ul className={manage.list}>
            {key.restricted_to.map((resource) => (
              <li key={resource} className={kit.code}>
                {resource}
              </li>
            ))}
          </ul>
        )}
      </td>
      <td className={kit.nowrap}>
        <Time at={key.created_at} />
      </td>
      <td className={kit.nowrap}>
        {key.last_used_at === null ? 'never' : <Time at={key.last_used_at} />}
      </td>
      <td className={kit.nowrap}>
        {key.expires_at === null ? 'never' : <Time at={key.expires_at} />}
      </td>
      <td className={kit.number}>
        {state === 'active' && (
          <RowButton name={`Revoke ${key.name}`} onClick={onRevoke}>
            Revoke
          </RowButton>
        )}
      </td>
    </tr>
  );
}
