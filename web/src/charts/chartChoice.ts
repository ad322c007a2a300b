import type { ResultColumn } from '../api/statements';
import { isNumeric } from '../results/cell';

export const CHART_KINDS = ['bar', 'line', 'area', 'scatter', 'pie', 'table'] as const;
export type ChartKind = (typeof CHART_KINDS)[number];
export type ChartSort = 'none' | 'x' | 'value';
export type NumberFormat = 'auto' | 'plain' | 'compact' | 'percent';

/** What a chart shows; columns by name, so that it suits the next result of the same statement too. */
export interface ChartChoice {
  kind: ChartKind;
  x: string | null;
  y: string[];
  series: string | null;
  stack: boolean;
  sort: ChartSort;
  /** The largest so many, the rest as "other"; null shows all. */
  top: number | null;
  format: NumberFormat;
}

export const DEFAULT_TOP = 30;
const PIE_TOP = 8;

export type ColumnRole = 'time' | 'number' | 'category';

export function roleOf({ type }: ResultColumn): ColumnRole {
  const upper = type.toUpperCase();
  if (upper.startsWith('DATE') || upper.startsWith('TIMESTAMP')) {
    return 'time';
  }
  return isNumeric(upper) ? 'number' : 'category';
}

/** Numbers that name things rather than count them. */
const IDENTIFIER = /(^|_)(id|key|code|year|month|day|week|hour|quarter|zip)$/i;

/** Time and numbers make a line, a category and numbers bars, two numbers points; null when there is no number. */
export function suitableChoice(columns: ResultColumn[]): ChartChoice | null {
  const named = columns.filter(({ name }) => name !== '');
  const numbers = named.filter((column) => roleOf(column) === 'number');
  const measures = numbers.filter(({ name }) => !IDENTIFIER.test(name));
  const times = named.filter((column) => roleOf(column) === 'time');
  const categories = named.filter((column) => roleOf(column) === 'category');
  const dimensions = numbers.filter(({ name }) => IDENTIFIER.test(name));
  const y = measures[0] ?? numbers[0];
  if (y === undefined) {
    return null;
  }
  const [time] = times;
  if (time !== undefined) {
    const [series] = categories;
    const several = series === undefined ? measures.slice(0, 4) : [];
    return choice('line', time.name, several.length > 0 ? several : [y], series?.name ?? null);
  }
  const [category, second] = categories;
  if (category !== undefined) {
    return choice('bar', category.name, measures.length > 0 ? measures.slice(0, 4) : [y], null, {
      top: DEFAULT_TOP,
      ...(second !== undefined && measures.length <= 1 ? { series: second.name, stack: true } : {}),
    });
  }
  const [dimension] = dimensions;
  if (dimension !== undefined && measures.length > 0) {
    return choice('bar', dimension.name, measures.slice(0, 4), null, {});
  }
  if (numbers.length >= 2 && numbers[0] !== undefined && numbers[1] !== undefined) {
    return choice('scatter', numbers[0].name, [numbers[1]], null);
  }
  return choice('bar', null, [y], null);
}

function choice(
  kind: ChartKind,
  x: string | null,
  y: ResultColumn[],
  series: string | null,
  more: Partial<ChartChoice> = {},
): ChartChoice {
  return {
    kind,
    x,
    y: y.map(({ name }) => name),
    series,
    stack: false,
    sort: 'none',
    top: null,
    format: 'auto',
    ...more,
  };
}

/** The same choice with what another kind needs. */
export function withKind(before: ChartChoice, kind: ChartKind): ChartChoice {
  if (kind === 'pie') {
    return { ...before, kind, y: before.y.slice(0, 1), series: null, top: before.top ?? PIE_TOP };
  }
  return { ...before, kind };
}

/** A choice that was kept, when it names columns which are there; else what suits. */
export function fittingChoice(kept: unknown, columns: ResultColumn[]): ChartChoice | null {
  const suitable = suitableChoice(columns);
  if (!isChoice(kept)) {
    return suitable;
  }
  const names = new Set(columns.map(({ name }) => name));
  const y = kept.y.filter((name) => names.has(name));
  if (y.length === 0 || (kept.x !== null && !names.has(kept.x))) {
    return suitable;
  }
  return {
    ...kept,
    y,
    series: kept.series !== null && names.has(kept.series) ? kept.series : null,
  };
}

export function isChoice(value: unknown): value is ChartChoice {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { kind, x, y, series, stack, sort, top, format } = value as Record<string, unknown>;
  return (
    CHART_KINDS.some((known) => known === kind) &&
    (x === null || typeof x === 'string') &&
    Array.isArray(y) &&
    y.every((name) => typeof name === 'string') &&
    (series === null || typeof series === 'string') &&
    typeof stack === 'boolean' &&
    ['none', 'x', 'value'].includes(String(sort)) &&
    (top === null || (typeof top === 'number' && top > 0)) &&
    ['auto', 'plain', 'compact', 'percent'].includes(String(format))
  );
}
