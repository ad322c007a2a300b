import { quoteIdentifier } from '../catalog/sqlName';

const PACKED = /\.(gz|gzip|zst|zstd|zip)$/i;
const FORMAT = /\.(csv|tsv|txt|json|ndjson|jsonl|parquet|pq|xlsx|xlsm)$/i;
const LENGTH_LIMIT = 63;

export interface TargetName {
  namespace: string;
  table: string;
}

/** A name that needs no quotes, from that of the file: `Sales 2024 (final).csv.gz` is `sales_2024_final`. */
export function suggestedTable(fileName: string): string {
  const base = fileName
    .replace(/^.*[\\/]/, '')
    .replace(PACKED, '')
    .replace(FORMAT, '');
  const plain = base
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, LENGTH_LIMIT)
    .replaceAll(/^_+|_+$/g, '');
  if (plain === '') {
    return 'data';
  }
  return /^\d/.test(plain) ? `t_${plain}` : plain;
}

/** As the server reads it; the levels of a namespace are typed with dots between them. */
export function targetText({ namespace, table }: TargetName): string {
  return [...namespace.split('.'), table].map((part) => quoteIdentifier(part)).join('.');
}

/** The parts of `iceberg.shop."my orders"`, without the catalog. */
export function splitTarget(name: string): TargetName {
  const parts: string[] = [];
  const pattern = /"((?:[^"]|"")*)"(?:\.|$)|([^.]*)(?:\.|$)/y;
  while (pattern.lastIndex < name.length) {
    const match = pattern.exec(name);
    if (match === null) {
      break;
    }
    parts.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
  }
  const table = parts.pop() ?? '';
  const levels =
    parts.length > 1 && /^(iceberg|delta)$/i.test(parts[0] ?? '') ? parts.slice(1) : parts;
  return { namespace: levels.join('.'), table };
}
