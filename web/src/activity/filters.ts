import type { Query } from '../api/query';

export type ActivityView = 'loads' | 'statements';

export interface ActivityFilters {
  view: ActivityView;
  state: string;
  everybody: boolean;
  text: string;
}

const PAGE = 50;

export const STATES: Record<ActivityView, string[]> = {
  loads: ['receiving', 'running', 'completed', 'failed', 'cancelled'],
  statements: ['running', 'completed', 'failed', 'cancelled'],
};

export function activityQuery(filters: ActivityFilters, cursor: string | null): Query {
  const { view, state, everybody, text } = filters;
  return {
    limit: PAGE,
    cursor,
    state: STATES[view].includes(state) ? state : null,
    user: everybody ? 'all' : 'me',
    ...(view === 'statements' ? { q: text.trim() } : { table: text.trim() }),
  };
}

const BUSY_MS = 2_000;
const QUIET_MS = 10_000;

/** How soon to look again: what runs changes by the second. */
export function refreshInterval(items: { state: string }[] | undefined): number {
  const busy = items?.some(({ state }) => state === 'running' || state === 'receiving') ?? false;
  return busy ? BUSY_MS : QUIET_MS;
}
