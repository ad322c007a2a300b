import type { StatementResult } from '../api/statements';
import { numberOf } from '../charts/chartData';
import { formatCell, isNumeric } from './cell';

export interface ColumnFigures {
  rows: number;
  nulls: number;
  distinct: number;
  least: string | null;
  greatest: string | null;
  mean: number | null;
  median: number | null;
  frequent: { value: string; count: number }[];
}

const FREQUENT_SHOWN = 8;

/** Over the rows that are loaded. */
export function columnFigures(result: StatementResult, column: number): ColumnFigures {
  const { rows, columns, marker } = result;
  const type = columns[column]?.type ?? '';
  const counts = new Map<string, number>();
  const numbers: number[] = [];
  const numeric = isNumeric(type);
  let nulls = 0;
  for (const row of rows) {
    const value = row[column];
    if (value == null) {
      nulls++;
      continue;
    }
    const { text } = formatCell(value, type, marker);
    counts.set(text, (counts.get(text) ?? 0) + 1);
    const number = numeric ? numberOf(value, marker) : null;
    if (number !== null) {
      numbers.push(number);
    }
  }
  const frequent = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, FREQUENT_SHOWN)
    .map(([value, count]) => ({ value, count }));
  return {
    rows: rows.length,
    nulls,
    distinct: counts.size,
    frequent,
    ...(numeric ? numberFigures(numbers) : textFigures(counts)),
  };
}

type Range = Pick<ColumnFigures, 'least' | 'greatest' | 'mean' | 'median'>;

function numberFigures(numbers: number[]): Range {
  const sorted = Float64Array.from(numbers).sort();
  const { length } = sorted;
  const [first, last] = [sorted[0], sorted[length - 1]];
  if (first === undefined || last === undefined) {
    return { least: null, greatest: null, mean: null, median: null };
  }
  const middle = length >> 1;
  const upper = sorted[middle] ?? 0;
  return {
    least: String(first),
    greatest: String(last),
    mean: sorted.reduce((sum, one) => sum + one / length, 0),
    median: length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2,
  };
}

function textFigures(counts: Map<string, number>): Range {
  const [first = null] = counts.keys();
  let [least, greatest] = [first, first];
  for (const text of counts.keys()) {
    least = least === null || text < least ? text : least;
    greatest = greatest === null || text > greatest ? text : greatest;
  }
  return { least, greatest, mean: null, median: null };
}
