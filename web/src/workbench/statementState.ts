import type { Problem } from '../api/problem';
import type { StatementResult } from '../api/statements';

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
  | { kind: 'completed'; result: StatementResult }
  | { kind: 'failed'; problem: Problem }
  | { kind: 'cancelled'; afterMs: number };

export function lastResult(state: StatementState): StatementResult | null {
  switch (state.kind) {
    case 'completed':
      return state.result;
    case 'running':
      return state.previous;
    case 'idle':
    case 'failed':
    case 'cancelled':
      return null;
  }
}
