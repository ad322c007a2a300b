import { Button } from '@mantine/core';
import { type Load, rejectsPath } from '../api/loads';
import { Link } from '../app/routing';
import kit from '../kit/kit.module.css';
import { ProgressBar } from '../kit/ProgressBar';
import { ActionsHead, ScrollTable } from '../kit/ScrollTable';
import { Time } from '../kit/Time';
import { formatBytes, formatCount, formatDuration, plural } from '../results/figures';
import classes from './activity.module.css';
import { StateBadge } from './StateBadge';

interface Props {
  loads: Load[];
  everybody: boolean;
  onCancel: (load: Load) => void;
}

export function LoadsList({ loads, everybody, onCancel }: Props) {
  return (
    <ScrollTable
      label="Loads"
      head={
        <>
          <th>State</th>
          <th>Table</th>
          <th>File</th>
          {everybody && <th>User</th>}
          <th className={kit.number}>Rows</th>
          <th className={kit.number}>Read</th>
          <th className={kit.number}>Time</th>
          <th>Began</th>
          <ActionsHead />
        </>
      }
    >
      {loads.map((load) => (
        <Row key={load.id} load={load} everybody={everybody} onCancel={onCancel} />
      ))}
    </ScrollTable>
  );
}

function Row({ load, everybody, onCancel }: { load: Load } & Omit<Props, 'loads'>) {
  const runs = load.state === 'running' || load.state === 'receiving';
  return (
    <tr>
      <td>
        <StateBadge state={load.state} />
        {runs && (
          <div className={classes.progress}>
            <ProgressBar label={`Load into ${load.table}`} fraction={load.fraction} />
          </div>
        )}
      </td>
      <th scope="row" className={`${kit.wrap} ${classes.table}`}>
        <Link className={kit.link} to="/tables/$name" params={{ name: load.table }}>
          {load.table}
        </Link>{' '}
        <span className={kit.dim}>{load.mode}</span>
        {load.error !== null && <p className={classes.error}>{load.error.detail}</p>}
      </th>
      <td className={`${kit.wrap} ${classes.file}`}>{load.file_name}</td>
      {everybody && <td>{load.user.name}</td>}
      <td className={kit.number}>
        {formatCount(load.rows)}
        {load.rejected_rows > 0 && (
          <div>
            <a className={kit.link} href={rejectsPath(load.id)} download>
              {plural(load.rejected_rows, 'reject')}
            </a>
          </div>
        )}
      </td>
      <td className={kit.number}>{formatBytes(load.bytes_read)}</td>
      <td className={kit.number}>{formatDuration(load.elapsed_ms)}</td>
      <td className={kit.nowrap}>
        <Time at={load.started_at} />
      </td>
      <td className={kit.number}>
        {runs && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Cancel the load into ${load.table}`}
            onClick={() => onCancel(load)}
          >
            Cancel
          </Button>
        )}
      </td>
    </tr>
  );
}
