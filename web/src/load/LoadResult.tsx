import { Button } from '@mantine/core';
import type { Load } from '../api/loads';
import { Link } from '../app/routing';
import kit from '../kit/kit.module.css';
import { OpenStatement } from '../kit/OpenStatement';
import { formatBytes, formatCount, formatDuration } from '../results/figures';
import classes from './load.module.css';
import { RejectsTable } from './RejectsTable';

interface Props {
  load: Load;
  onAgain: () => void;
}

export function LoadResult({ load, onAgain }: Props) {
  return (
    <>
      <section className={kit.card} aria-label="Result">
        <div className={kit.stack}>
          <div role="status">
            <h2 className={kit.cardTitle}>
              {load.repeated
                ? `The same bytes are in ${load.table} already; nothing was written`
                : `Loaded into ${load.table}`}
            </h2>
          </div>
          <dl className={classes.figures}>
            <Figure name="Rows" value={formatCount(load.rows)} />
            <Figure name="Rejected" value={formatCount(load.rejected_rows)} />
            <Figure name="Columns" value={formatCount(load.columns.length)} />
            <Figure name="Read" value={formatBytes(load.bytes_read)} />
            <Figure name="Written" value={formatBytes(load.bytes_written)} />
            <Figure name="Time" value={formatDuration(load.elapsed_ms)} />
          </dl>
          {load.warnings.length > 0 && (
            <ul className={classes.warnings} aria-label="Warnings">
              {load.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          )}
          <div className={kit.row}>
            <OpenStatement statement={`select * from ${load.table} limit 100`}>
              Query it
            </OpenStatement>
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link {...props} to="/tables/$name" params={{ name: load.table }} />
              )}
            >
              Open the table
            </Button>
            <Button variant="default" onClick={onAgain}>
              Load more files
            </Button>
          </div>
        </div>
      </section>
      {load.rejected_rows > 0 && <RejectsTable load={load} />}
    </>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
