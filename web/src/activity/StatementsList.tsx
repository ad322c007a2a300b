import { Button } from '@mantine/core';
import type { ReadTable, StatementRecord } from '../api/records';
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

/** A line for each table, but for those that are empty or whose files are not told. */
function FilesRead({ tables }: { tables: ReadTable[] }) {
  const lines = tables.filter((table) => table.files_total).map(filesRead);
  return lines.length === 0 ? null : <p className={classes.files}>{lines.join('\n')}</p>;
}

function filesRead({ name, files_planned, files_total, conditions }: ReadTable): string {
  const files = `${formatCount(files_planned ?? 0)} of ${formatCount(files_total ?? 0)} files`;
  const why = conditions && conditions.length > 0 ? ` (${conditions.join(', ')})` : '';
  return `${name}: ${files}${why}`;
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
            <FilesRead tables={record.tables ?? []} />
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
