import type { StatementResult } from '../api/statements';
import { formatCell } from '../results/cell';
import { formatCount } from '../results/figures';
import { type ChartChoice, type ColumnRole, roleOf } from './chartChoice';

export const POINT_LIMIT = 50_000;
export const SERIES_LIMIT = 30;
const OTHER = 'other';

/** A number, a time in milliseconds since 1970, or the text of a category. */
export type XValue = string | number;

export interface ChartSeries {
  name: string;
  /** As many as there are x values; null where there is none. */
  values: (number | null)[];
}

export interface ChartData {
  xName: string;
  xRole: ColumnRole;
  xs: XValue[];
  series: ChartSeries[];
  /** What the reader should know: sampled, summed, left out. */
  notes: string[];
}

export function chartData(result: StatementResult, choice: ChartChoice): ChartData {
  return choice.kind === 'scatter' ? points(result, choice) : summed(result, choice);
}

interface Columns {
  x: (row: unknown[], index: number) => XValue | null;
  xRole: ColumnRole;
  xName: string;
  ys: { name: string; value: (row: unknown[]) => number | null }[];
  series: ((row: unknown[]) => string) | null;
}

function columnsOf({ columns, marker }: StatementResult, choice: ChartChoice): Columns {
  const at = (name: string) => columns.findIndex((column) => column.name === name);
  const text = (row: unknown[], column: number) =>
    formatCell(row[column], columns[column]?.type ?? '', marker).text;
  const x = choice.x === null ? -1 : at(choice.x);
  const xColumn = columns[x];
  const xRole = xColumn === undefined ? 'number' : roleOf(xColumn);
  const group = choice.series === null ? -1 : at(choice.series);
  return {
    xName: choice.x ?? 'row',
    xRole,
    x: (row, index) => {
      if (xColumn === undefined) {
        return index + 1;
      }
      const value = row[x];
      if (xRole === 'category') {
        return text(row, x);
      }
      return xRole === 'time' ? timeOf(value) : numberOf(value, marker);
    },
    ys: choice.y.flatMap((name) => {
      const y = at(name);
      return y === -1 ? [] : [{ name, value: (row: unknown[]) => numberOf(row[y], marker) }];
    }),
    series: group === -1 ? null : (row) => text(row, group),
  };
}

export function numberOf(value: unknown, marker: string | null): number | null {
  const number =
    typeof value === 'string' && marker !== null && value.startsWith(marker)
      ? Number(value.slice(marker.length))
      : typeof value === 'number'
        ? value
        : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

const ZONED = /(Z|[+-]\d\d(:?\d\d)?)$/;

/** SQL's session zone is UTC, so a time without a zone is read as UTC. */
export function timeOf(value: unknown): number | null {
  if (typeof value !== 'string') {
    return null;
  }
  const text = value.includes(':') && !ZONED.test(value) ? `${value}Z` : value;
  const time = Date.parse(text.replace(' ', 'T'));
  return Number.isNaN(time) ? null : time;
}

function summed(result: StatementResult, choice: ChartChoice): ChartData {
  const columns = columnsOf(result, choice);
  const notes: string[] = [];
  const positions = new Map<XValue, number>();
  const xs: XValue[] = [];
  const names = new Map<string, Map<number, number>>();
  const left = { x: 0, repeated: 0 };
  result.rows.forEach((row, index) => {
    const x = columns.x(row, index);
    if (x === null) {
      left.x++;
      return;
    }
    let position = positions.get(x);
    if (position === undefined) {
      position = xs.length;
      positions.set(x, position);
      xs.push(x);
    }
    for (const { name, value } of columns.ys) {
      const key = seriesName(columns, row, name);
      let values = names.get(key);
      if (values === undefined) {
        values = new Map();
        names.set(key, values);
      }
      const number = value(row);
      if (number !== null) {
        const before = values.get(position);
        left.repeated += before === undefined ? 0 : 1;
        values.set(position, (before ?? 0) + number);
      }
    }
  });
  if (left.x > 0) {
    notes.push(`${formatCount(left.x)} rows without ${columns.xName} are left out.`);
  }
  if (left.repeated > 0) {
    notes.push(`Rows of the same ${columns.xName} are summed.`);
  }
  const series = [...names].map(([name, values]) => ({
    name,
    values: xs.map((_, position) => values.get(position) ?? null),
  }));
  const data = { xName: columns.xName, xRole: columns.xRole, xs, series, notes };
  return sampled(topOf(ordered(fewSeries(data), choice), choice));
}

function seriesName({ series, ys }: Columns, row: unknown[], y: string): string {
  if (series === null) {
    return y;
  }
  return ys.length > 1 ? `${series(row)} · ${y}` : series(row);
}

const total = (values: (number | null)[]) =>
  values.reduce<number>((sum, one) => sum + (one ?? 0), 0);

function fewSeries(data: ChartData): ChartData {
  if (data.series.length <= SERIES_LIMIT) {
    return data;
  }
  const byTotal = [...data.series].sort((a, b) => total(b.values) - total(a.values));
  const kept = new Set(byTotal.slice(0, SERIES_LIMIT));
  const note = `The largest ${SERIES_LIMIT} of ${formatCount(data.series.length)} series are shown.`;
  return {
    ...data,
    series: data.series.filter((one) => kept.has(one)),
    notes: [...data.notes, note],
  };
}

function picked(data: ChartData, order: number[]): ChartData {
  return {
    ...data,
    xs: order.map((at) => data.xs[at] ?? ''),
    series: data.series.map(({ name, values }) => ({
      name,
      values: order.map((at) => values[at] ?? null),
    })),
  };
}

function totals(data: ChartData): number[] {
  return data.xs.map((_, at) =>
    data.series.reduce((sum, { values }) => sum + Math.abs(values[at] ?? 0), 0),
  );
}

function ordered(data: ChartData, { kind, sort }: ChartChoice): ChartData {
  const order = data.xs.map((_, at) => at);
  const flows = (kind === 'line' || kind === 'area') && data.xRole !== 'category';
  if (sort === 'value' && !flows) {
    const sums = totals(data);
    return picked(
      data,
      order.sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0)),
    );
  }
  // A line through time or numbers runs from left to right whatever the order of the rows; so do bars over time.
  if (sort === 'x' || flows || data.xRole === 'time') {
    return picked(
      data,
      order.sort((a, b) => compare(data.xs[a], data.xs[b])),
    );
  }
  return data;
}

function compare(a: XValue | undefined, b: XValue | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') {
    return a - b;
  }
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

function topOf(data: ChartData, { top, kind }: ChartChoice): ChartData {
  const flows = (kind === 'line' || kind === 'area') && data.xRole !== 'category';
  if (top === null || data.xs.length <= top || flows) {
    return data;
  }
  const sums = totals(data);
  const ranked = data.xs.map((_, at) => at).sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0));
  const kept = new Set(ranked.slice(0, top));
  const order = data.xs.map((_, at) => at);
  const rest = order.filter((at) => !kept.has(at));
  const shown = picked(
    data,
    order.filter((at) => kept.has(at)),
  );
  return {
    ...shown,
    xRole: 'category',
    xs: [...shown.xs.map((x) => labelOf(x, data.xRole)), `${OTHER} (${formatCount(rest.length)})`],
    series: shown.series.map(({ name, values }, at) => ({
      name,
      values: [...values, total(rest.map((one) => data.series[at]?.values[one] ?? null))],
    })),
    notes: [...data.notes, `The largest ${top} are shown, the rest is "${OTHER}".`],
  };
}

function sampled(data: ChartData): ChartData {
  const every = Math.ceil((data.xs.length * Math.max(1, data.series.length)) / POINT_LIMIT);
  if (every <= 1) {
    return data;
  }
  const order = data.xs.map((_, at) => at).filter((at) => at % every === 0);
  const note = `Sampled: every ${formatCount(every)}th of ${formatCount(data.xs.length)} values of ${data.xName} is shown.`;
  return { ...picked(data, order), notes: [...data.notes, note] };
}

/** One series an y (and group) with a value at each of its own points. */
function points(result: StatementResult, choice: ChartChoice): ChartData {
  const columns = columnsOf(result, choice);
  const many = result.rows.length * Math.max(1, columns.ys.length);
  const every = Math.max(1, Math.ceil(many / POINT_LIMIT));
  const xs: XValue[] = [];
  const names = new Map<string, [number, number][]>();
  for (let index = 0; index < result.rows.length; index += every) {
    const row = result.rows[index] ?? [];
    const x = columns.x(row, index);
    if (x === null) {
      continue;
    }
    for (const { name, value } of columns.ys) {
      const number = value(row);
      if (number !== null) {
        const key = seriesName(columns, row, name);
        const values = names.get(key) ?? [];
        values.push([xs.length, number]);
        names.set(key, values);
      }
    }
    xs.push(x);
  }
  const notes =
    every > 1
      ? [
          `Sampled: every ${formatCount(every)}th of ${formatCount(result.rows.length)} rows is shown.`,
        ]
      : [];
  const series = [...names].map(([name, pairs]) => {
    const values: (number | null)[] = new Array(xs.length).fill(null);
    for (const [at, number] of pairs) {
      values[at] = number;
    }
    return { name, values };
  });
  return fewSeries({ xName: columns.xName, xRole: columns.xRole, xs, series, notes });
}

export function labelOf(x: XValue, role: ColumnRole): string {
  if (role !== 'time' || typeof x !== 'number') {
    return String(x);
  }
  const text = new Date(x).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}
