import { Button } from '@mantine/core';
import { lazy, Suspense, useCallback, useRef, useState } from 'react';
import type { StatementResult } from '../api/statements';
import { Notice } from '../app/Notice';
import type { ChartChoice } from '../charts/chartChoice';
import type { StatementState } from '../workbench/statementState';
import type { WorkbenchTab } from '../workbench/tabs';
import { Detached } from './Detached';
import { ResultBar } from './ResultBar';
import classes from './ResultPanel.module.css';
import { ResultStatus } from './ResultStatus';
import type { RowOrder } from './sortRows';

// The editor takes its first key without them; the first statement fetches the grid while it runs.
const GridView = lazy(() => import('./GridView').then(({ GridView }) => ({ default: GridView })));
const ChartView = lazy(() =>
  import('../charts/ChartView').then(({ ChartView }) => ({ default: ChartView })),
);

interface Props {
  tab: WorkbenchTab;
  state: StatementState;
  onView: (view: 'grid' | 'chart') => void;
  onChart: (chart: ChartChoice) => void;
  onRun: () => void;
  onCancel: () => void;
}

export function ResultPanel({ tab, state, onView, onChart, onRun, onCancel }: Props) {
  const [finding, setFinding] = useState(false);
  const order = useRef<RowOrder>(null);
  const onOrder = useCallback((next: RowOrder) => {
    order.current = next;
  }, []);

  function content(result: StatementResult) {
    return tab.view === 'chart' ? (
      <ChartView
        key={result.id}
        result={result}
        kept={tab.chart}
        title={tab.title}
        onChange={onChart}
      />
    ) : (
      <GridView
        key={result.id}
        result={result}
        find={{ open: finding, onOpen: setFinding }}
        onOrder={onOrder}
      />
    );
  }

  return (
    <section className={classes.panel} aria-label="Result" aria-busy={state.kind === 'running'}>
      <ResultStatus state={state} />
      {state.kind === 'completed' && (
        <ResultBar
          result={state.result}
          request={state.request}
          title={tab.title}
          view={tab.view}
          onView={onView}
          onFind={() => setFinding(true)}
          order={() => order.current}
        />
      )}
      <Suspense>
        {state.kind === 'idle' && (
          <div className={classes.empty}>
            <p>The answer to a statement appears here. Press a table’s ▸ to look into it.</p>
          </div>
        )}
        {state.kind === 'running' && state.previous !== null && (
          <div className={classes.stale}>{content(state.previous)}</div>
        )}
        {state.kind === 'completed' && <div className={classes.fresh}>{content(state.result)}</div>}
        {state.kind === 'failed' && (
          <div className={classes.failure}>
            <Notice problem={state.problem} />
          </div>
        )}
        {state.kind === 'detached' && (
          <Detached record={state.record} looking={state.looking} onCancel={onCancel}>
            <Button size="compact-sm" onClick={onRun}>
              Run again
            </Button>
          </Detached>
        )}
      </Suspense>
    </section>
  );
}
