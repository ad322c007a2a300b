import { useCallback, useEffect, useRef, useState } from 'react';
import { randomUuid } from '../api/identifier';
import { type Position, Problem } from '../api/problem';
import { cancelStatement, runStatement } from '../api/statements';
import type { Transport } from '../api/transport';
import { lastResult, type StatementState } from './statementState';

const CANCEL_TRIES = 5;
const CANCEL_PAUSE_MS = 200;

export interface StatementRun {
  state: StatementState;
  /** Null when it completed, was cancelled, or another one still runs. */
  run: (statement: string, locate: Locate) => Promise<Problem | null>;
  cancel: () => Promise<void>;
}

/** From a place in the statement to the place in the text of which it is a part. */
export type Locate = (position: Position) => Position;

/** One statement at a time: run, watch, cancel. */
export function useStatement(transport: Transport): StatementRun {
  const [state, setState] = useState<StatementState>({ kind: 'idle' });
  const running = useRef<string | null>(null);

  const run = useCallback(
    async (statement: string, locate: Locate) => {
      if (running.current !== null) {
        return null;
      }
      const id = randomUuid();
      const startedAt = performance.now();
      running.current = id;
      setState((before) => ({
        kind: 'running',
        id,
        startedAt,
        cancelling: false,
        previous: lastResult(before),
      }));
      try {
        const result = await runStatement(transport, id, statement);
        setState({ kind: 'completed', result });
        return null;
      } catch (failure) {
        const problem = Problem.from(failure);
        if (problem.code === 'statement_cancelled') {
          setState({ kind: 'cancelled', afterMs: performance.now() - startedAt });
          return null;
        }
        if (problem.status === 401) {
          // The sign-in form over the page says what is to be done.
          setState({ kind: 'idle' });
          return null;
        }
        const placed = problem.position === null ? problem : problem.at(locate(problem.position));
        setState({ kind: 'failed', problem: placed });
        return placed;
      } finally {
        running.current = null;
      }
    },
    [transport],
  );

  const cancel = useCallback(async () => {
    const id = running.current;
    if (id === null) {
      return;
    }
    const cancelling = (value: boolean) =>
      setState((before) =>
        before.kind === 'running' && before.id === id ? { ...before, cancelling: value } : before,
      );
    cancelling(true);
    // The statement may still be on its way: then the server does not know it yet and answers 404.
    for (let tries = 0; tries < CANCEL_TRIES && running.current === id; tries++) {
      if (await cancelStatement(transport, id).catch(() => false)) {
        return;
      }
      await new Promise((resume) => setTimeout(resume, CANCEL_PAUSE_MS));
    }
    cancelling(false);
  }, [transport]);

  useCancelOnLeave(transport, running);
  return { state, run, cancel };
}

/** Nobody waits for the answer of a page that is gone. */
function useCancelOnLeave(transport: Transport, running: { current: string | null }): void {
  useEffect(() => {
    const leave = () => {
      if (running.current !== null) {
        void cancelStatement(transport, running.current, true).catch(() => false);
      }
    };
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [transport, running]);
}
