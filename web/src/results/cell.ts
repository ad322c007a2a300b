import type { ResultColumn } from '../api/statements';

export type CellKind = 'null' | 'number' | 'text' | 'boolean' | 'nested';

export interface Cell {
  kind: CellKind;
  text: string;
}

const NUMERIC =
  /^(TINYINT|SMALLINT|INT|INTEGER|BIGINT|HUGEINT|FLOAT|DOUBLE|REAL|DECIMAL|NUMERIC)\b/;
const SCALE = /^DECIMAL\(\d+,\s*(\d+)\)$/;

export function isNumeric(type: string): boolean {
  return NUMERIC.test(type.toUpperCase());
}

/** The text of one value, every digit of it; `marker` is that of `parseLossless`. */
export function formatCell(value: unknown, type: string, marker: string | null): Cell {
  if (value === null || value === undefined) {
    return { kind: 'null', text: 'NULL' };
  }
  switch (typeof value) {
    case 'number':
      return { kind: 'number', text: formatNumber(value, type) };
    case 'boolean':
      return { kind: 'boolean', text: String(value) };
    case 'string':
      if (marker !== null && value.startsWith(marker)) {
        return { kind: 'number', text: value.slice(marker.length) };
      }
      return { kind: isNumeric(type) ? 'number' : 'text', text: value };
    default:
      return { kind: 'nested', text: nestedText(value, marker) };
  }
}

/** Only numbers of up to 15 digits come here, so the double is exact; a DECIMAL gets its zeros back. */
function formatNumber(value: number, type: string): string {
  if (Object.is(value, -0)) {
    return '-0';
  }
  const scale = SCALE.exec(type.toUpperCase())?.[1];
  return scale !== undefined && Math.abs(value) < 1e21
    ? value.toFixed(Number(scale))
    : String(value);
}

/** JSON text; numbers that were wrapped lose their quotes and marker again. */
export function nestedText(value: unknown, marker: string | null, indent = 0): string {
  const text = JSON.stringify(value, null, indent);
  return marker === null ? text : text.replaceAll(new RegExp(`"${marker}([^"]*)"`, 'g'), '$1');
}

const LINE_BREAKS = /\r\n|\r|\n/g;
const SHOWN_CHARACTERS = 400;

/** A cell is one line of bounded length; the whole value is a key press away. */
export function oneLine(text: string): string {
  const start = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  return start.replace(LINE_BREAKS, '⏎');
}

export function cellAt(
  rows: unknown[][],
  columns: ResultColumn[],
  marker: string | null,
  row: number,
  column: number,
): Cell {
  return formatCell(rows[row]?.[column], columns[column]?.type ?? '', marker);
}
