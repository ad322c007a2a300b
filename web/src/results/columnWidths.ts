import type { ResultColumn, StatementResult } from '../api/statements';
import { formatCell, isNumeric } from './cell';

const CHARACTER_PX = 7.6;
const PADDING_PX = 26;
const SAMPLED_ROWS = 100;
export const MIN_WIDTH_PX = 56;
const MAX_WIDTH_PX = 380;

/** A first width for each column: room for its heading, its first values and, of numbers, the longest. */
export function columnWidths({ columns, rows, marker }: StatementResult): number[] {
  const sample = rows.slice(0, SAMPLED_ROWS);
  return columns.map((column, index) => {
    const values = sample.map((row) => row[index]);
    if (isNumeric(column.type)) {
      values.push(...extremes(rows, index));
    }
    return widthOf(column, values, marker);
  });
}

function widthOf(column: ResultColumn, values: unknown[], marker: string | null): number {
  let characters = Math.max(column.name.length, column.type.length * 0.85);
  for (const value of values) {
    characters = Math.max(characters, formatCell(value, column.type, marker).text.length);
  }
  const width = Math.ceil(characters * CHARACTER_PX) + PADDING_PX;
  return Math.min(Math.max(width, MIN_WIDTH_PX), MAX_WIDTH_PX);
}

/** The least and the greatest number and the longest text: one of them takes most room. */
function extremes(rows: unknown[][], index: number): unknown[] {
  let least = 0;
  let greatest = 0;
  let longest = '';
  for (const row of rows) {
    const value = row[index];
    if (typeof value === 'number') {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    } else if (typeof value === 'string' && value.length > longest.length) {
      longest = value;
    }
  }
  return [least, greatest, longest];
}
