import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Problem } from '../api/problem';
import { cancelUpkeep, type UpkeepJob } from '../api/upkeep';
import { Notice } from '../app/Notice';
import kit from '../kit/kit.module.css';
import { ProgressBar } from '../kit/ProgressBar';
import { May } from '../manage/May';
import { useSession } from '../session/SessionContext';
import { duration, OPERATIONS } from './words';

/** What is done for a table at this moment. */
export function RunningJob({ job }: { job: UpkeepJob }) {
  const { transport } = useSession();
  const [cancelling, setCancelling] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const now = useNow();

  async function cancel() {
    setCancelling(true);
    setProblem(null);
    try {
      await cancelUpkeep(transport, job.id);
    } catch (failure) {
      setProblem(Problem.from(failure));
      setCancelling(false);
    }
  }

  return (
    <section className={kit.card} aria-label="Under way">
      <div className={kit.stack}>
        <div role="status">
          <h2 className={kit.cardTitle}>
            {cancelling ? 'Cancelling' : job.state === 'queued' ? 'Waiting' : 'Under way'}:{' '}
            {OPERATIONS[job.operation]}
          </h2>
        </div>
        {job.why !== null && <p className={kit.lead}>{job.why}</p>}
        <ProgressBar
          label={`Progress of the ${OPERATIONS[job.operation]}`}
          fraction={job.progress}
        />
        <div className={kit.row}>
          <May verb="manage" on={`table:${job.table}`}>
            <Button
              size="compact-sm"
              variant="default"
              disabled={cancelling}
              onClick={() => void cancel()}
            >
              Cancel
            </Button>
          </May>
          <span className={kit.dim}>
            By {job.by}
            {job.started_at !== null && `, ${duration(job, now)}`}. It goes on when you leave this
            page; what it has committed stays.
          </span>
        </div>
        {problem !== null && <Notice problem={problem} />}
      </div>
    </section>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
