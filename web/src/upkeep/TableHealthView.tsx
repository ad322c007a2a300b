import { useQuery } from '@tanstack/react-query';
import { Problem } from '../api/problem';
import type { TableDetail } from '../api/tables';
import type { ColumnHealth, TableHealth } from '../api/upkeep';
import { Notice } from '../app/Notice';
import { Figures } from '../kit/Figures';
import kit from '../kit/kit.module.css';
import { ScrollTable } from '../kit/ScrollTable';
import { formatBytes, formatCount, plural } from '../results/figures';
import { useSession } from '../session/SessionContext';
import { percent } from '../table/profileFigures';
import { HealthBadge } from './HealthBadge';
import { Pictures } from './Pictures';
import { healthQuery, useUpkeepJobs } from './queries';
import { RunningJob } from './RunningJob';
import { UpkeepActions } from './UpkeepActions';
import classes from './upkeep.module.css';
import { savingText } from './words';

/** How a table is, what would help, and what is done for it now. */
export function TableHealthView({ table }: { table: TableDetail }) {
  const { transport } = useSession();
  const health = useQuery(healthQuery(transport, table));
  const { current } = useUpkeepJobs(table);
  if (health.error !== null) {
    return <Notice problem={Problem.from(health.error)} />;
  }
  if (health.data === undefined) {
    return (
      <p role="status" className={kit.dim}>
        Looking at the table’s files…
      </p>
    );
  }
  return (
    <>
      {current !== null && <RunningJob key={current.id} job={current} />}
      <Advice table={table} health={health.data} busy={current !== null} />
      <HealthFigures health={health.data} />
      <Pictures table={table} health={health.data} />
      {health.data.columns.length > 0 && <Columns columns={health.data.columns} />}
    </>
  );
}

interface AdviceProps {
  table: TableDetail;
  health: TableHealth;
  busy: boolean;
}

function Advice({ table, health, busy }: AdviceProps) {
  const { saving, deletes, recommendation } = health;
  return (
    <section className={kit.card} aria-label="What to do">
      <div className={kit.stack}>
        <div className={kit.row}>
          <HealthBadge scanShare={saving.scan_share} deleteRatio={deletes.ratio} />
        </div>
        <p className={classes.recommendation}>{recommendation}</p>
        <p className={kit.lead}>{savingText(saving)}</p>
        <UpkeepActions table={table} health={health} busy={busy} />
      </div>
    </section>
  );
}

function HealthFigures({ health }: { health: TableHealth }) {
  const { files, deletes, growth, partitions, clustering_depth: depth } = health;
  const facts: [string, string][] = [
    ['Data files', formatCount(files.count)],
    ['Small files', formatCount(files.small)],
    ['Size', formatBytes(files.bytes)],
    ['Rows', formatCount(files.rows)],
    ['Deleted rows', percent(deletes.ratio, 1)],
    ['Delete files', formatCount(deletes.files)],
    ['Partitions', formatCount(partitions.count)],
    ['Of an older partitioning', plural(files.other_partitioning, 'file')],
    ['Versions', formatCount(health.snapshot_count)],
    ['Manifests', formatCount(files.manifests)],
    ['Clustering depth', depth === null ? '–' : depth.toFixed(1)],
  ];
  const grows: [string, string][] = [
    ['Commits a day', rate(growth.commits_per_day)],
    ['Files a day', rate(growth.files_per_day)],
    ['Rows a day', rate(growth.rows_per_day)],
    ['Bytes a day', signed(growth.bytes_per_day, formatBytes)],
  ];
  return (
    <section className={kit.card} aria-label="Figures">
      <div className={kit.stack}>
        <Figures figures={facts} />
        <h2 className={kit.cardTitle}>Growth</h2>
        <Figures figures={grows} />
      </div>
    </section>
  );
}

const rate = (value: number) =>
  value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 });

const signed = (value: number, told: (value: number) => string) =>
  value < 0 ? `−${told(-value)}` : told(value);

const COLUMNS_SHOWN = 200;

function Columns({ columns }: { columns: ColumnHealth[] }) {
  return (
    <section className={kit.card} aria-label="Columns">
      <h2 className={kit.cardTitle}>What the files say of their columns</h2>
      <ScrollTable
        label="Columns of the files"
        head={
          <>
            <th>Column</th>
            <th className={kit.number}>Size</th>
            <th className={kit.number}>Values</th>
            <th className={kit.number}>Nulls</th>
            <th>Smallest</th>
            <th>Largest</th>
          </>
        }
        below={
          columns.length > COLUMNS_SHOWN && (
            <p className={kit.empty}>The first {formatCount(COLUMNS_SHOWN)} are shown.</p>
          )
        }
      >
        {columns.slice(0, COLUMNS_SHOWN).map((column) => (
          <tr key={column.name}>
            <th scope="row">{column.name}</th>
            <td className={kit.number}>{formatBytes(column.bytes)}</td>
            <td className={kit.number}>{formatCount(column.values)}</td>
            <td className={kit.number}>{formatCount(column.nulls)}</td>
            <td className={`${kit.code} ${kit.wrap}`}>{column.lower ?? '–'}</td>
            <td className={`${kit.code} ${kit.wrap}`}>{column.upper ?? '–'}</td>
          </tr>
        ))}
      </ScrollTable>
    </section>
  );
}
