import type { UsageRow } from '../api/usage';
import type { ChartData } from '../charts/chartData';

export const GROUPINGS = [
  ['day', 'day'],
  ['hour', 'hour'],
  ['user', 'user'],
  ['key', 'key'],
  ['kind', 'kind of use'],
] as const;
export type Grouping = (typeof GROUPINGS)[number][0];

export const MEASURES = [
  ['calls', 'calls'],
  ['statements', 'statements'],
  ['bytes_scanned', 'bytes scanned'],
  ['job_seconds', 'job seconds'],
  ['model_tokens', 'model tokens'],
  ['cost_usd', 'cost in USD'],
] as const;
export type Measure = (typeof MEASURES)[number][0];

const DAY_MS = 86_400_000;
/** More bars than this are too thin to be seen, and gaps between them as well. */
const FILLED_UP_TO = 400;

/** A day of the browser's zone, as a date field has it. */
export function dateText(at: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The instants between which the days lie, the last one included. */
export function period(from: string, until: string): { from: string | null; until: string | null } {
  const begin = new Date(`${from}T00:00`);
  const end = new Date(`${until}T00:00`);
  end.setDate(end.getDate() + 1);
  const text = (at: Date) => (Number.isNaN(at.getTime()) ? null : at.toISOString());
  return { from: text(begin), until: text(end) };
}

/** The server leaves out days without use; a chart of days shows them as what they are. */
export function withEmptyDays(rows: UsageRow[]): UsageRow[] {
  const days = new Map(rows.map((row) => [row.group, row]));
  const times = rows.map(({ group }) => Date.parse(`${group}T00:00:00Z`));
  const first = Math.min(...times);
  const last = Math.max(...times);
  const count = (last - first) / DAY_MS + 1;
  if (rows.length === 0 || !(count <= FILLED_UP_TO)) {
    return rows;
  }
  return Array.from({ length: count }, (_, at) => {
    const group = new Date(first + at * DAY_MS).toISOString().slice(0, 10);
    return (
      days.get(group) ?? {
        group,
        calls: 0,
        statements: 0,
        bytes_scanned: 0,
        job_seconds: 0,
        model_tokens: 0,
        cost_usd: 0,
      }
    );
  });
}

/** `2026-11-28T10:00+01:00` without the parts that a narrow axis has no room for. */
export function groupText(group: string, by: Grouping): string {
  return by === 'hour' ? group.replace('T', ' ').replace(/([+-]\d\d:\d\d|Z)$/, '') : group;
}

export function usageChart(rows: UsageRow[], by: Grouping, measure: Measure): ChartData {
  const shown = by === 'day' ? withEmptyDays(rows) : rows;
  const [, name = measure] = MEASURES.find(([one]) => one === measure) ?? [];
  return {
    xName: by,
    xRole: 'category',
    xs: shown.map(({ group }) => groupText(group, by)),
    series: [{ name, values: shown.map((row) => row[measure]) }],
    notes: [],
  };
}
