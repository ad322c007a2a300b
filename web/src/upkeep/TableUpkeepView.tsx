import type { TableDetail } from '../api/tables';
import kit from '../kit/kit.module.css';
import { ListFrame } from '../kit/ListFrame';
import { plural } from '../results/figures';
import { PolicyCard } from './PolicyCard';
import { useUpkeepJobs } from './queries';
import { RunningJob } from './RunningJob';
import { allTook, UpkeepLog } from './UpkeepLog';

/** What was done for a table and why, and what is to be done for it by itself. */
export function TableUpkeepView({ table }: { table: TableDetail }) {
  const { jobs, current } = useUpkeepJobs(table);
  const listed = jobs.data ?? [];
  const byItself = listed.filter(({ by }) => by === 'tarn').length;
  return (
    <>
      {current !== null && <RunningJob key={current.id} job={current} />}
      <section className={kit.card} aria-label="Log">
        <div className={kit.stack}>
          <h2 className={kit.cardTitle}>What was done</h2>
          <p className={kit.lead}>
            Of the last 30 days, the newest 100 at most
            {listed.length > 0 &&
              `: ${plural(listed.length, 'job')}, ${byItself} by the server itself, ${allTook(listed)} in all`}
            .
          </p>
          <ListFrame
            query={jobs}
            empty={listed.length === 0 ? 'Nothing was done for this table yet.' : null}
          >
            <UpkeepLog jobs={listed} />
          </ListFrame>
        </div>
      </section>
      <PolicyCard place={{ kind: 'table', name: table.name }} />
    </>
  );
}
