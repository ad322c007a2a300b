import type { Operation, UpkeepJob } from '../api/upkeep';
import { formatBytes, formatDuration, plural } from '../results/figures';
import { percent } from '../table/profileFigures';

export const OPERATIONS: Record<Operation, string> = {
  compact: 'compaction',
  expire: 'expiry of versions',
  remove_orphan_files: 'removal of orphan files',
  rewrite_manifests: 'rewriting of manifests',
  erase: 'erasure of rows',
};

export interface Standing {
  text: string;
  tone: 'good' | 'fair' | 'bad';
}

const NOTICED = 0.05;
const HURTS = 0.25;

/** At a glance: how much of every scan is in vain. */
export function standing(scanShare: number, deleteRatio: number): Standing {
  const worst = Math.max(scanShare, deleteRatio);
  if (worst < NOTICED) {
    return { text: 'healthy', tone: 'good' };
  }
  return worst < HURTS ? { text: 'fair', tone: 'fair' } : { text: 'needs care', tone: 'bad' };
}

/** A figure of a job's result; null when it is not told. */
export function figure(result: Record<string, unknown> | null, name: string): number | null {
  const value = result?.[name];
  return typeof value === 'number' ? value : null;
}

/** What came of a job, in a line. */
export function outcome({ operation, result, state, error }: UpkeepJob): string {
  if (state === 'queued') {
    return 'waits';
  }
  if (state === 'running') {
    return '';
  }
  if (result === null) {
    return error?.detail ?? '';
  }
  const told = { compact, expire, remove_orphan_files, rewrite_manifests, erase }[operation];
  const words = told(result) || figures(result);
  return result.dry_run === true ? `Looked only: ${words}` : words;
}

function compact(result: Record<string, unknown>): string {
  const before = figure(result, 'rewritten_files');
  const after = figure(result, 'new_files');
  if (before === null || after === null) {
    return '';
  }
  if (before === 0) {
    return 'nothing to put together';
  }
  return joined([
    `${plural(before, 'file')} into ${after.toLocaleString('en-US')}`,
    bytes(result, 'rewritten_bytes', 'rewritten'),
    count(result, 'removed_delete_files', 'delete file', 'gone'),
    count(result, 'failed_groups', 'group', 'failed'),
  ]);
}

function expire(result: Record<string, unknown>): string {
  const gone = figure(result, 'expired_count');
  if (gone === null) {
    return '';
  }
  const left = figure(result, 'remaining_count');
  const dry = result.dry_run === true;
  return joined([
    `${plural(gone, 'version')} ${dry ? 'would go' : 'gone'}`,
    left === null ? null : `${left.toLocaleString('en-US')} ${left === 1 ? 'stays' : 'stay'}`,
    count(result, 'deleted_files', 'file', dry ? 'with them' : 'deleted'),
    bytes(result, 'freed_bytes', dry ? 'to be freed' : 'freed'),
    count(result, 'waiting_files', 'file', 'kept until their readers are done'),
  ]);
}

function remove_orphan_files(result: Record<string, unknown>): string {
  const found = figure(result, 'orphan_count');
  if (found === null) {
    return '';
  }
  if (found === 0) {
    return 'no orphan file';
  }
  return joined([
    plural(found, 'orphan file'),
    bytes(result, result.dry_run === true ? 'orphan_bytes' : 'removed_bytes', ''),
  ]);
}

const rewrite_manifests = figures;
const erase = figures;

/** Figures under the names that the server gave them. */
function figures(result: Record<string, unknown>): string {
  return joined(
    Object.entries(result).map(([name, value]) => {
      if (typeof value !== 'number') {
        return null;
      }
      const words = name.replaceAll('_', ' ');
      return name.endsWith('_bytes')
        ? `${words.slice(0, -' bytes'.length)} ${formatBytes(value)}`
        : `${words} ${value.toLocaleString('en-US')}`;
    }),
  );
}

function count(result: Record<string, unknown>, name: string, noun: string, what: string) {
  const value = figure(result, name);
  return value === null || value === 0 ? null : `${plural(value, noun)} ${what}`;
}

function bytes(result: Record<string, unknown>, name: string, what: string) {
  const value = figure(result, name);
  return value === null || value === 0 ? null : `${formatBytes(value)} ${what}`.trim();
}

function joined(parts: (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(', ');
}

/** How long it took, or takes. */
export function duration(job: UpkeepJob, now: number): string {
  if (job.started_at === null) {
    return '–';
  }
  const end = job.finished_at === null ? now : Date.parse(job.finished_at);
  return formatDuration(Math.max(0, end - Date.parse(job.started_at)));
}

/** What a compaction would change. */
export function savingText(saving: {
  files: number;
  rewritten_bytes: number;
  scan_share: number;
}): string {
  if (saving.files <= 0 && saving.scan_share <= 0) {
    return 'A compaction would change nothing of note.';
  }
  return (
    `A compaction would leave ${plural(saving.files, 'file')} fewer, save about ` +
    `${percent(saving.scan_share, 1)} of the work of a scan, and rewrite ${formatBytes(saving.rewritten_bytes)}.`
  );
}

/** `below 1.0 MB`, `1.0 MB to 8.4 MB`, `8.4 MB and more`. */
export function sizeLabel(from: number, below: number | null): string {
  if (below === null) {
    return from === 0 ? 'any size' : `${formatBytes(from)} and more`;
  }
  return from === 0
    ? `below ${formatBytes(below)}`
    : `${formatBytes(from)} to ${formatBytes(below)}`;
}
