import type { StatementResult } from '../api/statements';
import { isNumeric, nestedText } from './cell';

/** Which row of the result stands at each place of the grid; null: as they came. */
export type RowOrder = Uint32Array | null;

export interface Sorting {
  column: number;
  descending: boolean;
}

export function rowAt(order: RowOrder, at: number): number {
  return order === null ? at : (order[at] ?? at);
}

/** First rising, then falling, then as they came. */
export function nextSorting(before: Sorting | null, column: number): Sorting | null {
  if (before?.column !== column) {
    return { column, descending: false };
  }
  return before.descending ? null : { column, descending: true };
}

/** Stable; NULL comes last either way. */
export function sortedRows(result: StatementResult, sorting: Sorting | null): RowOrder {
  if (sorting === null) {
    return null;
  }
  const { rows, columns, marker } = result;
  const { column, descending } = sorting;
  const order = Uint32Array.from({ length: rows.length }, (_, at) => at);
  const sign = descending ? -1 : 1;
  const values = rows.map((row) => row[column]);
  const compare = isNumeric(columns[column]?.type ?? '')
    ? byNumber(values, marker)
    : byText(values, marker);
  return order.sort((a, b) => {
    const nullA = values[a] == null;
    const nullB = values[b] == null;
    if (nullA || nullB) {
      return nullA === nullB ? a - b : nullA ? 1 : -1;
    }
    return sign * compare(a, b) || a - b;
  });
}

type Compare = (a: number, b: number) => number;

function byNumber(values: unknown[], marker: string | null): Compare {
  const texts = values.map((value) =>
    typeof value === 'string' && marker !== null && value.startsWith(marker)
      ? value.slice(marker.length)
      : null,
  );
  const numbers = Float64Array.from(values, (value, at) => Number(texts[at] ?? value));
  return (a, b) => {
    const [left = 0, right = 0] = [numbers[a], numbers[b]];
    if (Number.isNaN(left) || Number.isNaN(right)) {
      // DuckDB's NaN is above every number.
      return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    }
    if (left !== right) {
      return left < right ? -1 : 1;
    }
    return compareDigits(texts[a] ?? '', texts[b] ?? '');
  };
}

const WHOLE = /^-?\d+$/;

/** Whole numbers which one double stands for are told apart by their digits. */
function compareDigits(a: string, b: string): number {
  if (a === b || !WHOLE.test(a) || !WHOLE.test(b)) {
    return 0;
  }
  return BigInt(a) < BigInt(b) ? -1 : 1;
}

function byText(values: unknown[], marker: string | null): Compare {
  const texts = values.map((value) =>
    typeof value === 'string'
      ? value
      : value === null || typeof value !== 'object'
        ? String(value)
        : nestedText(value, marker),
  );
  return (a, b) => {
    const [left = '', right = ''] = [texts[a], texts[b]];
    return left < right ? -1 : left > right ? 1 : 0;
  };
}
