import type { StatementResult } from '../api/statements';
import { formatBytes, formatCount, plural } from '../results/figures';

export type Tone = 'good' | 'fair' | 'bad' | 'deletes';

export interface Tile {
  x: number;
  y: number;
  tone: Tone;
  title: string;
}

export interface Mosaic {
  tiles: Tile[];
  columns: number;
  rows: number;
  counts: Record<Tone, number>;
}

/** As the server counts small files: below this share of the target size. */
const SMALL = 0.75;
const TINY = 0.1;
const WIDEST = 60;

/** A file is a square: how large it is beside what it should be. Rows are `content`, `file_size_in_bytes`, `record_count`. */
export function mosaicOf(rows: unknown[][], target: number): Mosaic {
  const columns = Math.min(WIDEST, Math.max(12, Math.ceil(Math.sqrt(rows.length * 3))));
  const counts: Record<Tone, number> = { good: 0, fair: 0, bad: 0, deletes: 0 };
  const tiles = rows.map(([content, size, records], at) => {
    const bytes = Number(size);
    const tone = Number(content) > 0 ? 'deletes' : toneOf(bytes, target);
    counts[tone]++;
    return {
      x: at % columns,
      y: Math.floor(at / columns),
      tone,
      title: `${formatBytes(bytes)}, ${plural(Number(records), tone === 'deletes' ? 'delete' : 'row')}`,
    };
  });
  return { tiles, columns, rows: Math.max(1, Math.ceil(rows.length / columns)), counts };
}

function toneOf(bytes: number, target: number): Tone {
  if (bytes >= target * SMALL) {
    return 'good';
  }
  return bytes >= target * TINY ? 'fair' : 'bad';
}

export const TONES: [Tone, string][] = [
  ['good', 'of about the target size'],
  ['fair', 'smaller'],
  ['bad', 'below a tenth of it'],
  ['deletes', 'with deletes'],
];

export interface PartitionFigures {
  key: string;
  name: string;
  files: number;
  bytes: number;
}

/** Of Iceberg's table of partitions; none when the table has none. */
export function partitionsOf({ columns, rows }: StatementResult): PartitionFigures[] {
  const at = (name: string) => columns.findIndex((column) => column.name === name);
  const [partition, files, bytes] = [
    at('partition'),
    at('file_count'),
    at('total_data_file_size_in_bytes'),
  ];
  if (partition < 0) {
    return [];
  }
  return rows.map((row, index) => ({
    key: String(index),
    name: partitionName(row[partition]),
    files: Number(row[files] ?? 0),
    bytes: Number(row[bytes] ?? 0),
  }));
}

function partitionName(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  const parts = Object.entries(value).map(([name, part]) => `${name}=${text(part)}`);
  return parts.length === 0 ? '(all rows)' : parts.join(', ');
}

function text(part: unknown): string {
  if (part === null || part === undefined) {
    return 'null';
  }
  return typeof part === 'object' ? JSON.stringify(part) : String(part);
}

export function mosaicLabel({ counts, tiles }: Mosaic): string {
  const told = TONES.filter(([tone]) => counts[tone] > 0).map(
    ([tone, words]) => `${formatCount(counts[tone])} ${words}`,
  );
  return `${plural(tiles.length, 'file')}: ${told.join(', ')}`;
}
