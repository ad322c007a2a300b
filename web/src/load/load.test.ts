import { describe, expect, it } from 'vitest';
import type { Load } from '../api/loads';
import { Transport } from '../api/transport';
import { adviceFor } from './advice';
import {
  type ColumnEdit,
  columnProblem,
  columnsToLoad,
  mergedColumns,
  typesToTry,
} from './columnChoices';
import { beginShaping, loadRequest, newTarget } from './flowState';
import { LoadRun } from './LoadRun';
import { AS_FOUND, chosenOptions, NO_CHARACTER, optionsOf } from './optionTexts';
import { firstRejects } from './rejects';
import { splitTarget, suggestedTable, targetText } from './targetName';

describe('the name of a table', () => {
  it.each([
    ['orders.csv', 'orders'],
    ['Sales 2024 (final).csv.gz', 'sales_2024_final'],
    ['folder/part/Résumé.NDJSON', 'resume'],
    ['2024-01.parquet', 't_2024_01'],
    ['архив.csv', 'data'],
    ['a.b.xlsx', 'a_b'],
    ['.csv', 'data'],
    ['no ending', 'no_ending'],
  ])('of %s is %s', (file, table) => {
    expect(suggestedTable(file)).toBe(table);
  });

  it('is quoted where the server needs it, and comes back', () => {
    const name = { namespace: 'shop.eu', table: 'My "own" orders.v2' };
    expect(targetText(name)).toBe('shop.eu."My ""own"" orders.v2"');
    expect(splitTarget(`iceberg.${targetText(name)}`)).toEqual(name);
    expect(splitTarget('iceberg.shop.orders')).toEqual({ namespace: 'shop', table: 'orders' });
    expect(splitTarget('shop.orders')).toEqual({ namespace: 'shop', table: 'orders' });
  });
});

describe('options', () => {
  it('that are not chosen are left to the file', () => {
    expect(chosenOptions(AS_FOUND)).toEqual({});
  });

  it('are what was chosen', () => {
    const texts = {
      ...AS_FOUND,
      format: 'csv',
      delimiter: '\t',
      quote: NO_CHARACTER,
      header: 'false',
      skip_lines: '3',
      null_words: ', NA,-',
      sheet: ' ',
    };
    expect(chosenOptions(texts)).toEqual({
      format: 'csv',
      delimiter: '\t',
      quote: '',
      header: false,
      skip_lines: 3,
      null_words: ['', 'NA', '-'],
    });
  });

  it('depend on the format', () => {
    expect(optionsOf('xlsx')).toContain('sheet');
    expect(optionsOf('csv')).not.toContain('sheet');
    expect(optionsOf('parquet')).toEqual([]);
  });
});

const FOUND = [
  { source: 'A', name: 'A', type: 'BIGINT' },
  { source: 'B', name: 'B', type: 'STRING' },
];

function edited(...changes: Partial<ColumnEdit>[]): ColumnEdit[] {
  return mergedColumns([], FOUND).map((column, index) => ({ ...column, ...changes[index] }));
}

describe('columns', () => {
  it('that are as found are not named at all', () => {
    expect(columnsToLoad(edited())).toBeUndefined();
    expect(typesToTry(edited())).toBeUndefined();
  });

  it('are a list as soon as one is renamed, retyped or left out', () => {
    expect(columnsToLoad(edited({ name: 'id' }))).toEqual([
      { source: 'A', name: 'id' },
      { source: 'B' },
    ]);
    expect(columnsToLoad(edited({ included: false }, { type: 'DATE' }))).toEqual([
      { source: 'B', type: 'DATE' },
    ]);
  });

  it('keep what was edited when the file is read in another way', () => {
    const again = mergedColumns(edited({ name: 'id' }, { included: false }), [
      { source: 'A', name: 'A', type: 'STRING' },
      { source: 'C', name: 'C', type: 'DATE' },
    ]);
    expect(again.map(({ name, type, included }) => [name, type, included])).toEqual([
      ['id', 'STRING', true],
      ['C', 'DATE', true],
    ]);
  });

  it('need a name each, and one at least', () => {
    expect(columnProblem(edited())).toBeNull();
    expect(columnProblem(edited({ name: 'b' }))).toMatch(/Two columns are named B/);
    expect(columnProblem(edited({ name: ' ' }))).toMatch(/has no name/);
    expect(columnProblem(edited({ included: false }, { included: false }))).toMatch(/left out/);
  });
});

const UPLOAD = { id: 'u', files: [], bytes: 1, sha256: '', created_at: '', expires_at: '' };

describe('the request of a load', () => {
  it('names only what was chosen', () => {
    const shaping = beginShaping(UPLOAD, newTarget({ namespace: 'shop', table: 't' }, 'create'));
    expect(loadRequest(shaping, 'i')).toEqual({
      upload: 'u',
      id: 'i',
      table: 'shop.t',
      mode: 'create',
    });
  });

  it('adds columns when it appends, and keeps rejects when it skips', () => {
    const target = newTarget({ namespace: 'shop', table: 't' }, 'append');
    const shaping = beginShaping(UPLOAD, {
      ...target,
      addColumns: true,
      onError: 'skip',
      rejectsTable: 'shop.r',
      once: true,
    });
    expect(loadRequest(shaping, 'i')).toMatchObject({
      add_columns: true,
      on_error: 'skip',
      rejects_table: 'shop.r',
      once: true,
    });
    const replacing = { ...shaping, target: { ...shaping.target, mode: 'replace' as const } };
    expect(loadRequest(replacing, 'i')).not.toHaveProperty('add_columns');
  });
});

describe('rejects', () => {
  it('are read with quotes, line breaks and all', () => {
    const text = 'file,line,value\r\na.csv,3,"x, ""y""\nz"\r\na.csv,4,w\r\n';
    expect(firstRejects(text, 50, true)).toEqual({
      header: ['file', 'line', 'value'],
      rows: [
        ['a.csv', '3', 'x, "y"\nz'],
        ['a.csv', '4', 'w'],
      ],
      more: false,
    });
  });

  it('stop at the limit, and drop a record that is cut off', () => {
    expect(firstRejects('a\n1\n2\n3', 2, true)).toMatchObject({ rows: [['1'], ['2']], more: true });
    expect(firstRejects('a\n1\n2', 9, false)).toMatchObject({ rows: [['1']], more: true });
  });
});

describe('advice', () => {
  it('names the column of a value that does not fit', () => {
    const place = { file: 'a', line: 3, column: 'amount', value: 'n/a' };
    expect(adviceFor({ code: 'bad_row', place })).toMatch(/^Give amount the type STRING/);
    expect(adviceFor({ code: 'bad_row', place: null })).toMatch(/^Check the delimiter/);
    expect(adviceFor({ code: 'syntax_error', place: null })).toBeNull();
  });
});

describe('a run', () => {
  const request = { upload: 'u', id: 'i', table: 't', mode: 'create' as const };
  const load = (state: string, more = {}) => ({ id: 'i', state, rows: 1, error: null, ...more });
  const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

  function transport(post: () => Promise<Response>, ...looks: (() => Response)[]): Transport {
    return new Transport((_, { method }) => {
      if (method === 'POST') {
        return post();
      }
      const look = looks.length > 1 ? looks.shift() : looks[0];
      return Promise.resolve(look?.() ?? answer(404, { code: 'not_found' }));
    });
  }

  it('ends with its own answer', async () => {
    const run = new LoadRun(
      transport(async () => answer(200, load('completed'))),
      request,
      1,
    );
    expect(await run.run(() => {})).toMatchObject({ kind: 'completed', load: { id: 'i' } });
  });

  it('tells how far it is meanwhile', async () => {
    const seen: Load[] = [];
    let finish = (_: Response) => {};
    const post = () =>
      new Promise<Response>((resolve) => {
        finish = resolve;
      });
    const run = new LoadRun(
      transport(post, () => answer(200, load('running'))),
      request,
      1,
    );
    const end = run.run((progress) => {
      seen.push(progress);
      finish(answer(200, load('completed')));
    });
    expect(await end).toMatchObject({ kind: 'completed' });
    expect(seen[0]).toMatchObject({ state: 'running' });
  });

  it('is looked at when its connection is lost', async () => {
    const lost = () => Promise.reject(new TypeError('lost'));
    const looks = transport(
      lost,
      () => answer(200, load('running')),
      () => answer(200, load('completed')),
    );
    expect(await new LoadRun(looks, request, 1).run(() => {})).toMatchObject({ kind: 'completed' });
    const never = await new LoadRun(transport(lost), request, 1).run(() => {});
    expect(never).toMatchObject({ kind: 'failed', problem: { code: 'unreachable' } });
    const stopped = transport(lost, () =>
      answer(200, load('failed', { error: { code: 'stopping', detail: 'The server stopped' } })),
    );
    expect(await new LoadRun(stopped, request, 1).run(() => {})).toMatchObject({
      kind: 'failed',
      problem: { code: 'stopping', message: 'The server stopped' },
    });
  });

  it('tells a refusal, a cancel and an ended session apart', async () => {
    const ends = async (status: number, code: string) =>
      (
        await new LoadRun(
          transport(async () => answer(status, { code })),
          request,
          1,
        ).run(() => {})
      ).kind;
    expect(await ends(400, 'bad_row')).toBe('failed');
    expect(await ends(409, 'load_cancelled')).toBe('cancelled');
    expect(await ends(401, 'unauthenticated')).toBe('unauthenticated');
  });
});
