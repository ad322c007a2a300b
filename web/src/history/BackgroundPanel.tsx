import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../api/problem';
import type { StatementResult } from '../api/statements';
import {
  cancelSubmitted,
  listSubmitted,
  readSubmitted,
  SUBMITTED_KEY,
  type SubmittedStatement,
} from '../api/submitted';
import { Notice } from '../app/Notice';
import { ProgressBar } from '../kit/ProgressBar';
import { Time } from '../kit/Time';
import { plural } from '../results/figures';
import { useSession } from '../session/SessionContext';
import classes from './history.module.css';

const LOOK_AGAIN_MS = 1_000;
const SHOWN_CHARACTERS = 300;

interface Props {
  onOpen: (submitted: SubmittedStatement, result: StatementResult) => void;
}

/** One's own statements in the background, newest first: how far they are, and their kept results. */
export function BackgroundPanel({ onOpen }: Props) {
  const { transport } = useSession();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const listing = useQuery({
    queryKey: SUBMITTED_KEY,
    queryFn: ({ signal }) => listSubmitted(transport, signal),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.statements.some((one) => !isOver(one)) ? LOOK_AGAIN_MS : false,
  });
  const statements = listing.data?.statements ?? [];

  async function attempt(work: () => Promise<void>) {
    setProblem(null);
    try {
      await work();
    } catch (failure) {
      setProblem(Problem.from(failure));
    }
    await queryClient.invalidateQueries({ queryKey: SUBMITTED_KEY });
  }

  return (
    <div className={classes.panel}>
      {problem !== null && <Notice problem={problem} />}
      {listing.error !== null && <Notice problem={Problem.from(listing.error)} />}
      {listing.isSuccess && statements.length === 0 && (
        <p className={classes.empty}>
          Nothing runs in the background. “More”, “Run in background” sends a statement there.
        </p>
      )}
      <ul className={classes.list} aria-label="In the background">
        {statements.map((one) => (
          <li key={one.id} className={classes.entry}>
            <div className={classes.background}>
              <span className={classes.statement}>{one.statement.slice(0, SHOWN_CHARACTERS)}</span>
              <span className={classes.figures} data-state={one.status}>
                {one.status}
                {one.row_count !== null && ` · ${plural(one.row_count, 'row')}`} ·{' '}
                <Time at={one.finished_at ?? one.submitted_at} />
              </span>
              {one.status === 'running' && (
                <ProgressBar label="Progress of the statement" fraction={one.progress} />
              )}
              {one.error !== null && <span className={classes.error}>{one.error.detail}</span>}
            </div>
            {one.status === 'completed' && (
              <button
                type="button"
                className={classes.more}
                aria-label={`Open the result of ${one.statement.slice(0, 60)}`}
                onClick={() =>
                  void attempt(async () => onOpen(one, await readSubmitted(transport, one.id)))
                }
              >
                Open
              </button>
            )}
            {!isOver(one) && (
              <button
                type="button"
                className={classes.more}
                aria-label={`Cancel ${one.statement.slice(0, 60)}`}
                onClick={() => void attempt(() => cancelSubmitted(transport, one.id))}
              >
                Cancel
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function isOver({ status }: SubmittedStatement): boolean {
  return status !== 'queued' && status !== 'running';
}
