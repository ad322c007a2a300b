import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Key, listKeys, revokeKey } from '../api/keys';
import { Problem } from '../api/problem';
import { Notice } from '../app/Notice';
import { Check } from '../kit/Choices';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import kit from '../kit/kit.module.css';
import { Page } from '../kit/Page';
import { Time } from '../kit/Time';
import { useSession } from '../session/SessionContext';
import { type KeyState, keyState } from './expiry';
import { NewKeyDialog } from './NewKeyDialog';

export const KEYS_KEY = ['keys'] as const;

export function KeysPage() {
  const { transport } = useSession();
  const queryClient = useQueryClient();
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

  async function revoke() {
    if (revoking !== null) {
      await revokeKey(transport, revoking.id);
      await queryClient.invalidateQueries({ queryKey: KEYS_KEY });
      setRevoking(null);
    }
  }

  return (
    <Page
      title="Keys"
      lead="A key signs in a program: the command line, a notebook, a job. It can do what its user can do."
      actions={<Button onClick={() => setCreating(true)}>New key</Button>}
    >
      <div className={kit.stack}>
        {listing.error !== null && <Notice problem={Problem.from(listing.error)} />}
        <Check checked={ended} onChange={setEnded}>
          Show revoked and expired ones too
        </Check>
        {shown.length > 0 && <KeysTable keys={shown} now={now} onRevoke={setRevoking} />}
        {listing.data !== undefined && shown.length === 0 && (
          <p className={kit.empty}>No key is active. Make one for each program that signs in.</p>
        )}
        {listing.hasNextPage && (
          <div>
            <Button variant="default" onClick={() => void listing.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </div>
      <NewKeyDialog opened={creating} onClose={() => setCreating(false)} />
      <ConfirmDialog
        opened={revoking !== null}
        title={`Revoke ${revoking?.name ?? ''}?`}
        action="Revoke"
        onConfirm={revoke}
        onClose={() => setRevoking(null)}
      >
        Every program that uses {revoking?.prefix}… is refused from now on. This cannot be undone.
      </ConfirmDialog>
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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard
    <section className={kit.scroller} aria-label="Keys" tabIndex={0}>
      <table className={kit.table}>
        <thead>
          <tr>
            <th>Name</th>
            <th>Begins with</th>
            <th>User</th>
            <th>Made</th>
            <th>Last used</th>
            <th>Ends</th>
            <th>
              <span className={kit.unseen}>Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => {
            const state = keyState(key, now);
            return (
              <tr key={key.id}>
                <th scope="row" className={kit.wrap}>
                  {key.name} <StateBadge state={state} />
                </th>
                <td className={kit.code}>{key.prefix}…</td>
                <td>{key.user.name}</td>
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
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={`Revoke ${key.name}`}
                      onClick={() => onRevoke(key)}
                    >
                      Revoke
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function StateBadge({ state }: { state: KeyState }) {
  return state === 'active' ? null : <span className={kit.badge}>{state}</span>;
}
