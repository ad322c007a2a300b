import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../api/tables';
import type { RankedTable, UpkeepJob } from '../api/upkeep';
import {
  addColumn,
  dropColumn,
  nameProblem,
  renameColumn,
  widenColumn,
  widerTypes,
} from './evolution';
import { mosaicLabel, mosaicOf, partitionsOf } from './mosaic';
import { policyOf, settingsOf } from './policyForm';
import { resorted, sorted } from './ranking';
import {
  afterWords,
  ancestorsOf,
  changeWords,
  parentOf,
  readVersion,
  rowsOnlyIn,
} from './versions';
import { compaction, expiry, orphans } from './wishes';
import { duration, outcome, savingText, sizeLabel, standing } from './words';

const JOB: UpkeepJob = {
  id: '1',
  table: 'iceberg.shop.orders',
  operation: 'compact',
  by: 'tarn',
  why: null,
  state: 'completed',
  progress: null,
  created_at: '2026-11-27T10:00:00Z',
  started_at: '2026-11-27T10:00:01Z',
  finished_at: '2026-11-27T10:00:04Z',
  result: null,
  error: null,
};

describe('what came of a job', () => {
  it('is told in words, and what nobody knows by the names of its figures', () => {
    const told = (job: Partial<UpkeepJob>) => outcome({ ...JOB, ...job });
    const compacted = { rewritten_files: 42, new_files: 1, rewritten_bytes: 2_000_000 };
    expect(told({ result: compacted })).toBe('42 files into 1, 2.0 MB rewritten');
    expect(told({ result: { ...compacted, failed_groups: 1 } })).toMatch(/, 1 group failed$/);
    expect(told({ result: { rewritten_files: 0, new_files: 0 } })).toBe('nothing to put together');
    const expired = {
      expired_count: 14,
      remaining_count: 1,
      deleted_files: 30,
      freed_bytes: 9_000,
    };
    expect(told({ operation: 'expire', result: expired })).toBe(
      '14 versions gone, 1 stays, 30 files deleted, 9.0 kB freed',
    );
    expect(told({ operation: 'expire', result: { ...expired, dry_run: true } })).toBe(
      'Looked only: 14 versions would go, 1 stays, 30 files with them, 9.0 kB to be freed',
    );
    expect(
      told({ operation: 'remove_orphan_files', result: { orphan_count: 2, removed_bytes: 2048 } }),
    ).toBe('2 orphan files, 2.0 kB');
    expect(told({ operation: 'erase', result: { rows: 7, freed_bytes: 1_000, files: [] } })).toBe(
      'rows 7, freed 1.0 kB',
    );
    expect(told({ operation: 'compact', result: { groups: 3 } })).toBe('groups 3');
    expect(told({ state: 'failed', error: { code: 'x', detail: 'No space' } })).toBe('No space');
    expect(told({ state: 'running' })).toBe('');
  });

  it('took its time, or takes it', () => {
    expect(duration(JOB, 0)).toBe('3.00 s');
    expect(duration({ ...JOB, finished_at: null }, Date.parse('2026-11-27T10:00:31Z'))).toBe(
      '30.0 s',
    );
    expect(duration({ ...JOB, started_at: null, finished_at: null }, 0)).toBe('–');
  });
});

describe('how a table is', () => {
  it('shows at a glance', () => {
    expect(standing(0, 0).tone).toBe('good');
    expect(standing(0.1, 0).tone).toBe('fair');
    expect(standing(0.1, 0.5).tone).toBe('bad');
    expect(savingText({ files: 29, rewritten_bytes: 1_048_576, scan_share: 0.68 })).toBe(
      'A compaction would leave 29 files fewer, save about 68 % of the work of a scan, and rewrite 1.0 MB.',
    );
    expect(savingText({ files: 0, rewritten_bytes: 0, scan_share: 0 })).toMatch(/nothing of note/);
    expect([sizeLabel(0, 1e6), sizeLabel(1e6, 8e6), sizeLabel(8e6, null)]).toEqual([
      'below 1.0 MB',
      '1.0 MB to 8.0 MB',
      '8.0 MB and more',
    ]);
  });

  it('is drawn as files and partitions', () => {
    const mosaic = mosaicOf(
      [
        [0, 200, 10],
        [0, 60, 5],
        [0, 1, 1],
        [1, 1, 2],
      ],
      200,
    );
    expect(mosaic.tiles.map(({ tone }) => tone)).toEqual(['good', 'fair', 'bad', 'deletes']);
    expect(mosaic.rows).toBe(1);
    expect(mosaicLabel(mosaic)).toBe(
      '4 files: 1 of about the target size, 1 smaller, 1 below a tenth of it, 1 with deletes',
    );
    const columns = ['partition', 'file_count', 'total_data_file_size_in_bytes'].map((name) => ({
      name,
      type: 'x',
    }));
    const rows = [[{ day: '2026-11-27', region: null }, 3, 99]];
    const result = { columns, rows } as unknown as Parameters<typeof partitionsOf>[0];
    expect(partitionsOf(result)).toEqual([
      { key: '0', name: 'day=2026-11-27, region=null', files: 3, bytes: 99 },
    ]);
    expect(partitionsOf({ ...result, columns: columns.slice(1) })).toEqual([]);
  });
});

describe('what fields ask for', () => {
  const NOW = Date.parse('2026-11-27T10:00:00Z');

  it('is an expiry by count and age', () => {
    expect(expiry('5', '', NOW)).toEqual({
      operation: 'expire',
      retain_last: 5,
      older_than: null,
    });
    expect(expiry('1', '2', NOW)?.older_than).toBe('2026-11-25T10:00:00.000Z');
    for (const [keep, days] of [
      ['', ''],
      ['0', ''],
      ['1.5', ''],
      ['1', 'x'],
      ['1', '-1'],
    ] as const) {
      expect(expiry(keep, days, NOW)).toBeNull();
    }
    expect(orphans('', NOW)?.older_than).toBeNull();
    expect(orphans('soon', NOW)).toBeNull();
  });

  it('is a compaction with the options that were said', () => {
    const said = {
      strategy: 'zorder',
      columns: ' a, b ',
      where: '',
      size: '128 MB',
      all: true,
    } as const;
    expect(compaction(said)).toEqual({
      operation: 'compact',
      strategy: 'zorder',
      options: { columns: 'a, b', 'rewrite-all': 'true', 'target-file-size-bytes': '128000000' },
    });
    expect(
      compaction({ ...said, strategy: 'binpack', where: 'id > 1', size: '', all: false })?.options,
    ).toEqual({ where: 'id > 1' });
    expect(compaction({ ...said, size: 'large' })).toBeNull();
  });
});

describe('a policy', () => {
  const VIEW = {
    place: 'iceberg.shop.orders',
    policy: { compact: false, bytes_per_day: 2_000_000_000, quiet_from: '08:00' },
    holds: [
      { name: 'enabled', description: 'whether', value: true },
      { name: 'compact', description: 'whether', value: false },
      { name: 'compact_small_files', description: 'so many', value: 20 },
      { name: 'expire_after_days', description: 'after', value: null },
      { name: 'bytes_per_day', description: 'at most', value: 2_000_000_000 },
      { name: 'quiet_from', description: 'from', value: '08:00' },
      { name: 'zone', description: 'zone', value: 'UTC' },
    ],
  };

  it('is shown with what is said here, and goes back as it came', () => {
    const settings = settingsOf(VIEW);
    expect(settings.map(({ kind, said, holds }) => [kind, said, holds])).toEqual([
      ['flag', '', 'yes'],
      ['flag', 'false', 'no'],
      ['number', '', '20'],
      ['number', '', 'nothing'],
      ['bytes', '2 GB', '2.0 GB'],
      ['text', '08:00', '08:00'],
      ['text', '', 'UTC'],
    ]);
    const texts = Object.fromEntries(settings.map(({ name, said }) => [name, said]));
    expect(policyOf(settings, texts)).toEqual(VIEW.policy);
    expect(policyOf(settings, { ...texts, quiet_from: '', compact_small_files: '7' })).toEqual({
      compact: false,
      compact_small_files: 7,
      bytes_per_day: 2_000_000_000,
    });
    expect(policyOf(settings, { ...texts, compact_small_files: 'many' })).toBeUndefined();
    expect(policyOf(settings, { ...texts, bytes_per_day: 'much' })).toBeUndefined();
  });
});

describe('all tables', () => {
  const table = (name: string, hurts: number, files: number) =>
    ({ table: `iceberg.shop.${name}`, hurts, files }) as RankedTable;

  it('are sorted by what was pressed, the worst first', () => {
    const tables = [table('b', 1, 9), table('a', 3, 1), table('c', 2, 9)];
    const names = (of: RankedTable[]) => of.map((one) => one.table.at(-1)).join('');
    expect(names(sorted(tables, { by: 'hurts', down: true }))).toBe('acb');
    expect(names(sorted(tables, { by: 'files', down: true }))).toBe('bca');
    expect(names(sorted(tables, { by: 'table', down: false }))).toBe('abc');
    expect(resorted({ by: 'hurts', down: true }, 'hurts')).toEqual({ by: 'hurts', down: false });
    expect(resorted({ by: 'hurts', down: true }, 'table')).toEqual({ by: 'table', down: false });
    expect(resorted({ by: 'table', down: false }, 'files')).toEqual({ by: 'files', down: true });
  });
});

describe('versions', () => {
  const snapshot = (id: string, parent: string | null, more: Partial<Snapshot> = {}): Snapshot => ({
    snapshot_id: id,
    parent_id: parent,
    committed_at: '2026-11-27T10:00:00Z',
    operation: 'append',
    current: false,
    added_rows: 10,
    deleted_rows: null,
    added_files: 1,
    total_rows: 10,
    total_bytes: 1_000,
    engine: null,
    ...more,
  });
  const first = snapshot('1', null);
  const second = snapshot('2', '1', { current: true, deleted_rows: 3, total_bytes: 400 });
  const aside = snapshot('3', '2', { added_rows: 0, added_files: 0, total_bytes: 400 });
  const all = [aside, second, first];

  it('tell what they changed', () => {
    expect(changeWords(first, null)).toEqual(['+10 rows', '+1 file', '+1.0 kB']);
    expect(changeWords(second, parentOf(all, second))).toEqual([
      '+10 rows',
      '−3 rows',
      '+1 file',
      '−600 B',
    ]);
    expect(changeWords(second, null)).not.toContain('−600 B');
    expect(changeWords(aside, second)).toEqual(['no row changed']);
    expect(changeWords({ ...second, operation: 'replace', deleted_rows: 10 }, first)).toEqual([
      'the same rows in other files',
      '+1 file',
      '−600 B',
    ]);
    expect(afterWords(first)).toBe('then 10 rows, 1.0 kB');
  });

  it('are gone back to when the current one has come from them', () => {
    expect([...(ancestorsOf(all) ?? [])]).toEqual(['1']);
    expect(ancestorsOf([first])).toBeNull();
    const table = { namespace: 'shop', table: 'orders' };
    expect(readVersion(table, '7')).toBe(
      'select * from shop.orders for version as of 7 limit 1000',
    );
    expect(rowsOnlyIn(table, '7', '6')).toMatch(/of 7\nexcept all\nselect .* of 6\nlimit 1000$/);
  });
});

describe('columns', () => {
  const table = { namespace: 'shop', table: 'orders' };

  it('are changed by statements', () => {
    const column = { name: 'order' };
    expect(addColumn(table, 'Note', 'STRING')).toBe(
      'alter table shop.orders add column "Note" STRING',
    );
    expect(renameColumn(table, column, 'n')).toBe(
      'alter table shop.orders rename column "order" to n',
    );
    expect(widenColumn(table, column, 'BIGINT')).toBe(
      'alter table shop.orders alter column "order" type BIGINT',
    );
    expect(dropColumn(table, column)).toBe('alter table shop.orders drop column "order"');
  });

  it('become wider as Iceberg lets them, under names that are free', () => {
    expect(widerTypes('INT')).toEqual(['BIGINT']);
    expect(widerTypes('DECIMAL(18,2)')).toEqual(['DECIMAL(28,2)', 'DECIMAL(38,2)']);
    expect(widerTypes('STRING')).toEqual([]);
    expect(nameProblem([{ name: 'id' }], ' ID ')).toBe('There is a column ID already.');
    expect(nameProblem([{ name: 'id' }], ' ')).toBe('A column has a name.');
    expect(nameProblem([{ name: 'id' }], 'note')).toBeNull();
  });
});
