import type { PolicyValue, UpkeepPolicy } from '../api/upkeep';
import { formatBytes, formatCount } from '../results/figures';
import { bytesText, parseBytes } from '../usage/bytes';

export type SettingKind = 'flag' | 'number' | 'bytes' | 'text';

export interface Setting {
  name: string;
  label: string;
  description: string;
  kind: SettingKind;
  /** What is said here, as it is typed; empty for what is not said here. */
  said: string;
  /** What is true here, in words. */
  holds: string;
}

const LABELS: Record<string, string> = {
  enabled: 'By itself',
  compact: 'Compact',
  compact_small_files: 'Compact from small files',
  compact_delete_ratio: 'Compact from share of deleted rows',
  expire: 'Expire versions',
  expire_after_days: 'Expire after days',
  expire_keep_versions: 'Keep versions',
  expire_most_versions: 'Versions at most',
  rewrite_manifests: 'Rewrite manifests',
  remove_orphan_files: 'Remove orphan files',
  orphan_files_after_days: 'Orphan files after days',
  orphan_files_every_days: 'Look for orphan files every days',
  schedule: 'Schedule',
  quiet_from: 'Quiet from',
  quiet_to: 'Quiet to',
  zone: 'Time zone',
  bytes_per_day: 'Bytes rewritten a day, at most',
  seconds_per_day: 'Seconds a day, at most',
};

const NUMBER = /_(days|day|versions|files|ratio)$/;

/** Every setting that there is, with what is said here and what is true here. */
export function settingsOf({ policy, holds }: UpkeepPolicy): Setting[] {
  return holds.map(({ name, description, value }) => {
    const kind = kindOf(name, value);
    const said = policy[name];
    return {
      name,
      label: LABELS[name] ?? name.replaceAll('_', ' '),
      description,
      kind,
      said: said === undefined || said === null ? '' : typed(said, kind),
      holds: value === null ? 'nothing' : shown(value, kind),
    };
  });
}

function kindOf(name: string, value: PolicyValue | null): SettingKind {
  if (typeof value === 'boolean') {
    return 'flag';
  }
  if (name.startsWith('bytes_')) {
    return 'bytes';
  }
  return typeof value === 'number' || (value === null && NUMBER.test(name)) ? 'number' : 'text';
}

function typed(value: PolicyValue, kind: SettingKind): string {
  return kind === 'bytes' ? bytesText(Number(value)) : String(value);
}

function shown(value: PolicyValue, kind: SettingKind): string {
  switch (kind) {
    case 'flag':
      return value === true ? 'yes' : 'no';
    case 'bytes':
      return formatBytes(Number(value));
    case 'number':
      return formatCount(Number(value));
    case 'text':
      return String(value);
  }
}

/** What is to be said here, of what was typed; undefined while something of it is no value. */
export function policyOf(
  settings: Setting[],
  texts: Record<string, string>,
): Record<string, PolicyValue> | undefined {
  const policy: Record<string, PolicyValue> = {};
  for (const { name, kind } of settings) {
    const text = (texts[name] ?? '').trim();
    const value = text === '' ? null : parsed(text, kind);
    if (value === undefined) {
      return undefined;
    }
    if (value !== null) {
      policy[name] = value;
    }
  }
  return policy;
}

function parsed(text: string, kind: SettingKind): PolicyValue | null | undefined {
  switch (kind) {
    case 'flag':
      return text === 'true';
    case 'number': {
      const value = Number(text.replace(',', '.'));
      return Number.isFinite(value) ? value : undefined;
    }
    case 'bytes':
      return parseBytes(text);
    case 'text':
      return text;
  }
}
