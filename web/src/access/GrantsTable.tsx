import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteGrant, type Grant } from '../api/grants';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import kit from '../kit/kit.module.css';
import { ActionsHead, ScrollTable } from '../kit/ScrollTable';
import { Time } from '../kit/Time';
import { useSession } from '../session/SessionContext';
import { GRANTS_KEY } from './grantsQuery';
import { Limits } from './Limits';

export function GrantsTable({ grants }: { grants: Grant[] }) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [doomed, setDoomed] = useState<Grant | null>(null);
  return (
    <>
      <ScrollTable
        label="Grants"
        head={
          <>
            <th>To</th>
            <th>May</th>
            <th>On</th>
            <th>Only</th>
            <th>Granted</th>
            <ActionsHead />
          </>
        }
      >
        {grants.map((grant) => (
          <tr key={grant.id}>
            <th scope="row" className={kit.wrap}>
              {grant.to.name} <span className={kit.dim}>{grant.to.kind}</span>
            </th>
            <td>{grant.verb === '*' ? 'everything' : grant.verb}</td>
            <td className={`${kit.code} ${kit.wrap}`}>{grant.on}</td>
            <td>
              {grant.columns === null && grant.rows === null ? (
                <span className={kit.dim}>–</span>
              ) : (
                <Limits columns={grant.columns} rows={grant.rows} />
              )}
            </td>
            <td className={kit.nowrap}>
              <Time at={grant.created_at} />
              {grant.created_by !== null && <div className={kit.dim}>by {grant.created_by}</div>}
            </td>
            <td className={kit.number}>
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`Remove ${grant.verb} on ${grant.on} from ${grant.to.name}`}
                onClick={() => setDoomed(grant)}
              >
                Remove
              </Button>
            </td>
          </tr>
        ))}
      </ScrollTable>
      <ConfirmDialog
        opened={doomed !== null}
        title="Remove the grant?"
        action="Remove"
        onClose={() => setDoomed(null)}
        onConfirm={async () => {
          if (doomed !== null) {
            await deleteGrant(transport, doomed.id);
            await queryClient.invalidateQueries({ queryKey: GRANTS_KEY });
            setDoomed(null);
          }
        }}
      >
        {doomed?.to.name} may no longer {doomed?.verb === '*' ? 'do everything with' : doomed?.verb}{' '}
        {doomed?.on}, from the next call on, unless another grant or a role allows it.
      </ConfirmDialog>
    </>
  );
}
