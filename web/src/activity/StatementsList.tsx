import { Button } from '@mantine/core';
import type { StatementRecord } from '../api/records';
import kit from '../kit/kit.module.css';
import { OpenStatement } from '../kit/OpenStatement';
import { ActionsHead, ScrollTable } from '../kit/ScrollTable';
import { Time } from '../kit/Time';
import { formatBytes, formatCount, formatDuration } from '../results/figures';
import classes from './activity.module.css';
import { StateBadge } from './StateBadge';

interface Props {
  statements: StatementRecord[];
  everybody: boolean;
  onCancel: (statement: StatementRecord) => void;
}

export function StatementsList({ statements, everybody, onCancel }: Props) {
  return (
    <ScrollTable
      label="Statements"
      head={
        <>
          <th>State</th>
          <th>Statement</th>
          {everybody && <th>User</th>}
          <th className={kit.number}>Rows</th>
          <th className={kit.number}>Scanned</th>
          <th className={kit.number}>Time</th>
          <th>Began</th>
          <ActionsHead />
        </>
      }
    >
      {statements.map((record) => (
        <tr key={record.id}>
          <td>
            <StateBadge state={record.state} />
          </td>
          <td>
            <pre className={classes.statement}>{record.statement}</pre>
            {record.error !== null && <p className={classes.error}>{record.error.detail}</p>}
          </td>
          {everybody && <td>{record.user.name}</td>}
          <td className={kit.number}>
            {record.row_count === null ? '–' : formatCount(record.row_count)}
          </td>
          <td className={kit.number}>
            {record.bytes_scanned === null ? '–' : formatBytes(record.bytes_scanned)}
          </td>
          <td className={kit.number}>{formatDuration(record.elapsed_ms)}</td>
          <td className={kit.nowrap}>
            <Time at={record.started_at} />
          </td>
          <td className={kit.number}>
            {record.state === 'running' ? (
              <Button size="compact-xs" variant="default" onClick={() => onCancel(record)}>
                Cancel
              </Button>
            ) : (
              <OpenStatement statement={record.statement} size="compact-xs" variant="default">
                Open
              </OpenStatement>
            )}
          </td>
        </tr>
      ))}
    </ScrollTable>
  );
}
