import type { StatementResult } from '../api/statements';
import { formatCell } from './cell';
import { type RowOrder, rowAt } from './sortRows';

export type CopyFormat = 'tsv' | 'csv' | 'markdown';
/** A clipboard is no file: beyond this, export. */
export const COPY_CELLS = 2_000_000;

/** The grid as text, in the order in which it is shown; NULL is empty. */
export function rowsAsText(result: StatementResult, order: RowOrder, format: CopyFormat): string {
  const { columns, rows, marker } = result;
  const lines: string[] = [];
  const add = (cells: string[]) => lines.push(lineOf(cells, format));
  add(columns.map(({ name }) => name));
  if (format === 'markdown') {
    lines.push(`|${columns.map(() => ' --- |').join('')}`);
  }
  for (let at = 0; at < rows.length; at++) {
    const row = rows[rowAt(order, at)] ?? [];
    add(
      columns.map(({ type }, column) => {
        const cell = formatCell(row[column], type, marker);
        return cell.kind === 'null' ? '' : cell.text;
      }),
    );
  }
  return lines.join('\n');
}

function lineOf(cells: string[], format: CopyFormat): string {
  switch (format) {
    case 'tsv':
      return cells.map((cell) => quoted(cell, /[\t\n\r"]/)).join('\t');
    case 'csv':
      return cells.map((cell) => quoted(cell, /[,\n\r"]/)).join(',');
    case 'markdown':
      return `|${cells
        .map(
          (cell) =>
            ` ${cell
              .replaceAll('\\', '\\\\')
              .replaceAll('|', '\\|')
              .replaceAll(/\r\n|\r|\n/g, '<br>')} |`,
        )
        .join('')}`;
  }
}

function quoted(cell: string, special: RegExp): string {
  return special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** `navigator.clipboard` exists only in secure contexts; over plain HTTP the text is copied as by hand. */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard !== undefined) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not allowed: the other way is left.
    }
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}
