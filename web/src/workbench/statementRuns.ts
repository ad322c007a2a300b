import { randomUuid } from '../api/identifier';
import { type Position, Problem } from '../api/problem';
import { findStatement } from '../api/records';
import { cancelSent, cancelStatement, runStatement } from '../api/statements';
import type { Transport } from '../api/transport';
import { lastResult, type StatementRequest } from './statementState';
import type { TabStore } from './TabStore';
import { updateTab } from './tabs';

const LOOK_AGAIN_MS = 2_000;

/** From a place in the statement to the place in the text of which it is a part. */
export type Locate = (position: Position) => Position;

/** Runs a statement in a tab, one at a time. Null when it completed, was cancelled, or another one still runs. */
export async function runInTab(
  transport: Transport,
  store: TabStore,
  tab: string,
  request: StatementRequest,
  locate: Locate,
): Promise<Problem | null> {
  if (store.runOf(tab).kind === 'running') {
    return null;
  }
  const id = randomUuid();
  const startedAt = performance.now();
  store.setRun(tab, (before) => ({
    kind: 'running',
    id,
    startedAt,
    cancelling: false,
    previous: lastResult(before),
  }));
  store.update((workspace) => updateTab(workspace, tab, { running: id }));
  try {
    const result = await runStatement(transport, id, request.statement, request.parameters);
    store.setRun(tab, () => ({ kind: 'completed', result, request }));
    return null;
  } catch (failure) {
    const problem = Problem.from(failure);
    if (problem.code === 'statement_cancelled') {
      const afterMs = performance.now() - startedAt;
      store.setRun(tab, () => ({ kind: 'cancelled', afterMs }));
      return null;
    }
    if (problem.status === 401) {
      // The sign-in form over the page says what is to be done.
      store.setRun(tab, () => ({ kind: 'idle' }));
      return null;
    }
    const placed = problem.position === null ? problem : problem.at(locate(problem.position));
    store.setRun(tab, () => ({ kind: 'failed', problem: placed }));
    return placed;
  } finally {
    store.update((workspace) => updateTab(workspace, tab, { running: null }));
  }
}

export async function cancelInTab(
  transport: Transport,
  store: TabStore,
  tab: string,
): Promise<void> {
  const run = store.runOf(tab);
  if (run.kind === 'detached') {
    await cancelStatement(transport, run.id).catch(() => false);
    return;
  }
  if (run.kind !== 'running') {
    return;
  }
  const { id } = run;
  const runs = () => {
    const now = store.runOf(tab);
    return now.kind === 'running' && now.id === id;
  };
  const cancelling = (value: boolean) =>
    store.setRun(tab, (before) =>
      before.kind === 'running' && before.id === id ? { ...before, cancelling: value } : before,
    );
  cancelling(true);
  if (!(await cancelSent(transport, id, runs))) {
    cancelling(false);
  }
}

/** After a reload: looks what became of the statements that ran, until each has ended. */
export function recoverRuns(transport: Transport, store: TabStore): void {
  for (const { id: tab, running } of store.snapshot().workspace.tabs) {
    if (running !== null && store.runOf(tab).kind === 'idle') {
      store.setRun(tab, () => ({ kind: 'detached', id: running, record: null, looking: true }));
      void look(transport, store, tab, running);
    }
  }
}

async function look(transport: Transport, store: TabStore, tab: string, id: string): Promise<void> {
  while (true) {
    const found = await findStatement(transport, id).catch(() => undefined);
    const run = store.runOf(tab);
    if (run.kind !== 'detached' || run.id !== id) {
      return;
    }
    const over = found !== undefined && found?.state !== 'running';
    if (found !== undefined) {
      store.setRun(tab, () => ({ kind: 'detached', id, record: found, looking: false }));
    }
    if (over) {
      store.update((workspace) => updateTab(workspace, tab, { running: null }));
      return;
    }
    await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
  }
}
