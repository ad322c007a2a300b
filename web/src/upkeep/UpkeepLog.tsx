import { StateBadge } from '../activity/StateBadge';
import type { UpkeepJob } from '../api/upkeep';
import kit from '../kit/kit.module.css';
import { ScrollTable } from '../kit/ScrollTable';
import { Time } from '../kit/Time';
import { formatDuration } from '../results/figures';
import { duration, OPERATIONS, outcome } from './words';

/** What was done for a table: by whom, why, and what came of it. */
export function UpkeepLog({ jobs }: { jobs: UpkeepJob[] }) {
  return (
    <ScrollTable
      label="What was done"
      head={
        <>
          <th>When</th>
          <th>What</th>
          <th>By</th>
          <th>Why</th>
          <th>State</th>
          <th>What came of it</th>
          <th className={kit.number}>Took</th>
        </>
      }
    >
      {jobs.map((job) => (
        <tr key={job.id}>
          <td className={kit.nowrap}>
            <Time at={job.created_at} />
          </td>
          <th scope="row">{OPERATIONS[job.operation]}</th>
          <td>{job.by === 'tarn' ? <span className={kit.badge}>tarn</span> : job.by}</td>
          <td className={kit.wrap}>{job.why ?? <span className={kit.dim}>asked for</span>}</td>
          <td>
            <StateBadge state={job.state} />
          </td>
          <td className={kit.wrap}>
            {outcome(job)}
            {job.error !== null && job.result !== null && (
              <span className={kit.mistake}> {job.error.detail}</span>
            )}
          </td>
          <td className={kit.number}>{took(job)}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}

function took(job: UpkeepJob): string {
  return job.finished_at === null ? '–' : duration(job, 0);
}

/** How long all of them took together. */
export function allTook(jobs: UpkeepJob[]): string {
  const total = jobs.reduce(
    (sum, { started_at: from, finished_at: to }) =>
      from === null || to === null ? sum : sum + Date.parse(to) - Date.parse(from),
    0,
  );
  return formatDuration(Math.max(0, total));
}
