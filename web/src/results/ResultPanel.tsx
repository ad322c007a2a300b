import { lazy, Suspense } from 'react';
import { Notice } from '../app/Notice';
import type { StatementState } from '../workbench/statementState';
import classes from './ResultPanel.module.css';
import { ResultStatus } from './ResultStatus';

// The editor takes its first key without it; the first statement fetches it while it runs.
const loadGrid = () => import('./ResultGrid').then(({ ResultGrid }) => ({ default: ResultGrid }));
const ResultGrid = lazy(loadGrid);

export function ResultPanel({ state }: { state: StatementState }) {
  return (
    <section className={classes.panel} aria-label="Result" aria-busy={state.kind === 'running'}>
      <ResultStatus state={state} />
      <Suspense>
        <Content state={state} />
      </Suspense>
    </section>
  );
}

function Content({ state }: { state: StatementState }) {
  switch (state.kind) {
    case 'idle':
      return (
        <div className={classes.empty}>
          <p>The answer to a statement appears here. Press a table’s ▸ to look into it.</p>
        </div>
      );
    case 'running':
      return state.previous === null ? null : (
        <div className={classes.stale}>
          <ResultGrid key={state.previous.id} result={state.previous} />
        </div>
      );
    case 'completed':
      return (
        <div className={classes.fresh}>
          <ResultGrid key={state.result.id} result={state.result} />
        </div>
      );
    case 'failed':
      return (
        <div className={classes.failure}>
          <Notice problem={state.problem} />
        </div>
      );
    case 'cancelled':
      return null;
  }
}
