import { useEffect, useState } from 'react';
import type { StatementState } from '../workbench/statementState';
import { formatBytes, formatDuration, plural } from './figures';
import classes from './ResultPanel.module.css';

export function ResultStatus({ state }: { state: StatementState }) {
  return (
    <div className={classes.status}>
      {state.kind === 'running' && <span className={classes.pulse} aria-hidden="true" />}
      <span role="status">{words(state)}</span>
      {state.kind === 'running' && <Elapsed since={state.startedAt} />}
      {state.kind === 'completed' && (
        <span className={classes.figures}>
          <span title="Time on the server">{formatDuration(state.result.elapsed_ms)}</span>
          <span title="Compressed bytes of the column chunks read">
            {formatBytes(state.result.bytes_scanned)} scanned
          </span>
        </span>
      )}
    </div>
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
