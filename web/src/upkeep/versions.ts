import type { Snapshot, TableDetail } from '../api/tables';
import { tableName } from '../catalog/sqlName';
import { formatBytes, formatCount, plural } from '../results/figures';

const ROWS = 1_000;

/** The version before, when it is known; bytes can be told by the two of them alone. */
export function parentOf(snapshots: Snapshot[], { parent_id }: Snapshot): Snapshot | null {
  return snapshots.find(({ snapshot_id }) => snapshot_id === parent_id) ?? null;
}

/** What a version changed beside the one before. */
export function changeWords(snapshot: Snapshot, parent: Snapshot | null): string[] {
  const { operation, added_rows: came, deleted_rows: went, added_files: files } = snapshot;
  const same = operation === 'replace' && came === went;
  const words = [
    same ? 'the same rows in other files' : null,
    same || came === null || came === 0 ? null : `+${plural(came, 'row')}`,
    same || went === null || went === 0 ? null : `−${plural(went, 'row')}`,
    files === null || files === 0 ? null : `+${plural(files, 'file')}`,
    bytesWords(snapshot, parent),
  ].filter((word) => word !== null);
  return words.length === 0 ? ['no row changed'] : words;
}

function bytesWords(snapshot: Snapshot, parent: Snapshot | null): string | null {
  const before = snapshot.parent_id === null ? 0 : (parent?.total_bytes ?? null);
  if (snapshot.total_bytes === null || before === null) {
    return null;
  }
  const more = snapshot.total_bytes - before;
  return more === 0 ? null : `${more > 0 ? '+' : '−'}${formatBytes(Math.abs(more))}`;
}

export function afterWords({ total_rows: rows, total_bytes: bytes }: Snapshot): string {
  const words = [
    rows === null ? null : `${formatCount(rows)} rows`,
    bytes === null ? null : formatBytes(bytes),
  ].filter((word) => word !== null);
  return words.length === 0 ? '' : `then ${words.join(', ')}`;
}

type Named = Pick<TableDetail, 'namespace' | 'table'>;

const of = (table: Named, id: string) =>
  `select * from ${tableName(table)} for version as of ${id}`;

export function readVersion(table: Named, id: string): string {
  return `${of(table, id)} limit ${ROWS}`;
}

/** Rows that the one has and the other has not. */
export function rowsOnlyIn(table: Named, id: string, other: string): string {
  return `${of(table, id)}\nexcept all\n${of(table, other)}\nlimit ${ROWS}`;
}

/** The most rows that one of them brought or took, for the length of bars. */
export function mostRows(snapshots: Snapshot[]): number {
  return Math.max(
    1,
    ...snapshots.flatMap(({ added_rows: came, deleted_rows: went }) => [came ?? 0, went ?? 0]),
  );
}

/** The versions that the current one has come from; null while it is not known. A table goes back to one of these alone. */
export function ancestorsOf(snapshots: Snapshot[]): ReadonlySet<string> | null {
  const known = new Map(snapshots.map((snapshot) => [snapshot.snapshot_id, snapshot]));
  const current = snapshots.find((snapshot) => snapshot.current);
  if (current === undefined) {
    return null;
  }
  const ancestors = new Set<string>();
  for (let at = known.get(current.parent_id ?? ''); at !== undefined; ) {
    ancestors.add(at.snapshot_id);
    at = known.get(at.parent_id ?? '');
  }
  return ancestors;
}
