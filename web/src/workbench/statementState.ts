import type { Problem } from '../api/problem';
import type { StatementRecord } from '../api/records';
import type { Parameters, StatementResult } from '../api/statements';

/** What was run, so that an export asks for the same. */
export interface StatementRequest {
  statement: string;
  parameters: Parameters;
}

export type StatementState =
  | { kind: 'idle' }
  | {
      kind: 'running';
      id: string;
      startedAt: number;
      cancelling: boolean;
      /** Stays on screen, dimmed, until the next answer takes its place. */
      previous: StatementResult | null;
    }
  | { kind: 'completed'; result: StatementResult; request: StatementRequest }
  | { kind: 'failed'; problem: Problem }
  | { kind: 'cancelled'; afterMs: number }
  /** It ran when the page was reloaded: its rows went nowhere, the history knows what became of it. */
  | { kind: 'detached'; id: string; record: StatementRecord | null; looking: boolean };

export function lastResult(state: StatementState): StatementResult | null {
  switch (state.kind) {
    case 'completed':
      return state.result;
    case 'running':
      return state.previous;
    case 'idle':
    case 'failed':
    case 'cancelled':
    case 'detached':
      return null;
  }
}
