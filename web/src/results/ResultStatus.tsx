import { useEffect, useState } from 'react';
import { findStatement } from '../api/records';
import type { StatementResult } from '../api/statements';
import { ProgressBar } from '../kit/ProgressBar';
import { useSession } from '../session/SessionContext';
import type { StatementState } from '../workbench/statementState';
import { formatBytes, formatCount, formatDuration, plural } from './figures';
import classes from './ResultPanel.module.css';

export function ResultStatus({ state }: { state: StatementState }) {
  return (
    <div className={classes.status}>
      {state.kind === 'running' && <span className={classes.pulse} aria-hidden="true" />}
      <span role="status">{words(state)}</span>
      {state.kind === 'running' && <Elapsed since={state.startedAt} />}
      {state.kind === 'running' && <Reached key={state.id} id={state.id} />}
      {state.kind === 'completed' && (
        <span className={classes.figures}>
          <span title="Time on the server">{formatDuration(state.result.elapsed_ms)}</span>
          <span title="Compressed bytes of the column chunks read">
            {formatBytes(state.result.bytes_scanned)} scanned
          </span>
          <FilesRead result={state.result} />
        </span>
      )}
    </div>
  );
}

function FilesRead({ result }: { result: StatementResult }) {
  const total = result.files_total ?? 0;
  return total <= 1 ? null : (
    <span title="Files that may hold a wanted row, of all; Explain tells why">
      {formatCount(result.files_planned ?? total)} of {plural(total, 'file')}
    </span>
  );
}

function words(state: StatementState): string {
  switch (state.kind) {
    case 'idle':
      return 'No result yet';
    case 'running':
      return state.cancelling ? 'Cancelling…' : 'Running…';
    case 'completed':
      return state.result.columns.length === 0 ? 'Done' : plural(state.result.row_count, 'row');
    case 'failed':
      return 'Failed';
    case 'detached':
      return 'No result';
    case 'cancelled':
      return `Cancelled after ${formatDuration(state.afterMs)}`;
  }
}

const TICK_MS = 100;
const FIRST_LOOK_MS = 1_000;
const LOOK_AGAIN_MS = 1_000;

/** How far a statement is that takes longer than a moment. */
function Reached({ id }: { id: string }) {
  const { transport } = useSession();
  const [fraction, setFraction] = useState<number | null>(null);
  useEffect(() => {
    let stopped = false;
    let timer = setTimeout(look, FIRST_LOOK_MS);
    async function look() {
      const found = await findStatement(transport, id).catch(() => null);
      if (!stopped) {
        setFraction(found?.progress ?? null);
        timer = setTimeout(look, LOOK_AGAIN_MS);
      }
    }
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [transport, id]);
  return fraction === null ? null : (
    <span className={classes.reached}>
      <ProgressBar label="Progress of the statement" fraction={fraction} />
    </span>
  );
}

/** Not part of the live region: nobody wants to hear it count. */
function Elapsed({ since }: { since: number }) {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, now - since) / 1000;
  return <span className={classes.elapsed}>{seconds.toFixed(1)} s</span>;
}
