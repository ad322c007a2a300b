import { useState } from 'react';
import { deleteGrant, type Grant } from '../api/grants';
import kit from '../kit/kit.module.css';
import { RemovalDialog } from '../kit/RemovalDialog';
import { RowButton } from '../kit/RowButton';
import { ActionsHead, ScrollTable } from '../kit/ScrollTable';
import { Time } from '../kit/Time';
import { useSession } from '../session/SessionContext';
import { GRANTS_KEY } from './grantsQuery';
import { Limits } from './Limits';
import { MayGrant } from './MayGrant';

export function GrantsTable({ grants }: { grants: Grant[] }) {
  const { transport } = useSession();
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
              <MayGrant on={grant.on}>
                <RowButton
                  name={`Remove ${grant.verb} on ${grant.on} from ${grant.to.name}`}
                  onClick={() => setDoomed(grant)}
                >
                  Remove
                </RowButton>
              </MayGrant>
            </td>
          </tr>
        ))}
      </ScrollTable>
      <RemovalDialog
        doomed={doomed}
        title={() => 'Remove the grant?'}
        action="Remove"
        remove={({ id }) => deleteGrant(transport, id)}
        listed={GRANTS_KEY}
        onClose={() => setDoomed(null)}
      >
        {({ to, verb, on }) =>
          `${to.name} may no longer ${verb === '*' ? 'do everything with' : verb} ${on}, from the next call on, unless another grant or a role allows it.`
        }
      </RemovalDialog>
    </>
  );
}
