import type { StatementResult } from '../api/statements';
import { formatCell } from './cell';
import type { GridCell } from './gridNavigation';
import { type RowOrder, rowAt } from './sortRows';

export const MATCH_LIMIT = 10_000;
const ROWS_AT_ONCE = 20_000;

/** Cells that hold a text, in the order of the grid; a slice of rows at a time, so that the page stays awake. */
export async function findInRows(
  { rows, columns, marker }: StatementResult,
  order: RowOrder,
  text: string,
  signal: AbortSignal,
): Promise<GridCell[]> {
  const wanted = text.toLowerCase();
  const matches: GridCell[] = [];
  for (let row = 0; row < rows.length && matches.length < MATCH_LIMIT; row++) {
    if (row % ROWS_AT_ONCE === 0) {
      await new Promise((resume) => setTimeout(resume));
      signal.throwIfAborted();
    }
    const values = rows[rowAt(order, row)] ?? [];
    for (let column = 0; column < columns.length && matches.length < MATCH_LIMIT; column++) {
      const cell = formatCell(values[column], columns[column]?.type ?? '', marker);
      if (cell.text.toLowerCase().includes(wanted)) {
        matches.push({ row, column });
      }
    }
  }
  return matches;
}
