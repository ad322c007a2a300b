import type { WantedUpkeep } from '../api/upkeep';
import { parseBytes } from '../usage/bytes';

export type Strategy = 'binpack' | 'sort' | 'zorder';

const DAY_MS = 86_400_000;
const DAYS_AT_MOST = 36_500;

/** What fields say; null when they say nothing that can be done. */
export function expiry(keep: string, days: string, now: number): WantedUpkeep | null {
  const retained = Number(keep.trim());
  const older = olderThan(days, now);
  if (keep.trim() === '' || !Number.isInteger(retained) || retained < 1 || older === undefined) {
    return null;
  }
  return { operation: 'expire', retain_last: retained, older_than: older };
}

export function orphans(days: string, now: number): WantedUpkeep | null {
  const older = olderThan(days, now);
  return older === undefined ? null : { operation: 'remove_orphan_files', older_than: older };
}

/** Null for nothing, undefined for what is no number of days. */
function olderThan(days: string, now: number): string | null | undefined {
  if (days.trim() === '') {
    return null;
  }
  const count = Number(days.trim().replace(',', '.'));
  return Number.isFinite(count) && count >= 0 && count <= DAYS_AT_MOST
    ? new Date(now - count * DAY_MS).toISOString()
    : undefined;
}

interface Compaction {
  strategy: Strategy;
  columns: string;
  where: string;
  size: string;
  /** Those of a good size, too. */
  all: boolean;
}

export function compaction({
  strategy,
  columns,
  where,
  size,
  all,
}: Compaction): WantedUpkeep | null {
  const bytes = parseBytes(size);
  if (bytes === undefined || bytes === 0) {
    return null;
  }
  const ordered = strategy !== 'binpack' && columns.trim() !== '';
  const options: Record<string, string> = {
    ...(ordered ? { columns: columns.trim() } : {}),
    ...(where.trim() === '' ? {} : { where: where.trim() }),
    ...(all ? { 'rewrite-all': 'true' } : {}),
    ...(bytes === null ? {} : { 'target-file-size-bytes': String(bytes) }),
  };
  return { operation: 'compact', strategy, options };
}
