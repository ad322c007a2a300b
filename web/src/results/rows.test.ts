import { describe, expect, test } from 'vitest';
import type { StatementResult } from '../api/statements';
import { columnFigures } from './columnFigures';
import { rowsAsText } from './copyRows';
import { findInRows } from './findInRows';
import { nextSorting, sortedRows } from './sortRows';

const M = '\ue000';

function result(types: string[], rows: unknown[][]): StatementResult {
  return {
    id: 'r',
    status: 'completed',
    columns: types.map((type, at) => ({ name: `c${at}`, type })),
    rows,
    row_count: rows.length,
    elapsed_ms: 1,
    bytes_scanned: 0,
    marker: M,
  };
}

describe('sorting', () => {
  const order = (types: string[], values: unknown[], descending = false) => [
    ...(sortedRows(
      result(
        types,
        values.map((value) => [value]),
      ),
      { column: 0, descending },
    ) ?? []),
  ];

  test('numbers are sorted as numbers, NULL last either way', () => {
    expect(order(['BIGINT'], [10, null, 9, -1])).toEqual([3, 2, 0, 1]);
    expect(order(['BIGINT'], [10, null, 9, -1], true)).toEqual([0, 2, 3, 1]);
  });

  test('numbers that one double stands for are told apart', () => {
    const values = [`${M}9007199254740993`, `${M}9007199254740992`, 1];
    expect(order(['BIGINT'], values)).toEqual([2, 1, 0]);
  });

  test('texts are sorted by their characters, and equal ones stay in order', () => {
    expect(order(['STRING'], ['b', 'a', 'b', 'B'])).toEqual([3, 1, 0, 2]);
  });

  test('a column is sorted up, down and not at all', () => {
    const up = nextSorting(null, 1);
    const down = nextSorting(up, 1);
    expect([up, down, nextSorting(down, 1), nextSorting(down, 2)]).toEqual([
      { column: 1, descending: false },
      { column: 1, descending: true },
      null,
      { column: 2, descending: false },
    ]);
  });
});

test('rows are copied as TSV, CSV and Markdown', () => {
  const rows = result(
    ['STRING', 'BIGINT'],
    [
      ['a,"b"\n|', `${M}9007199254740993`],
      [null, 2],
    ],
  );
  expect(rowsAsText(rows, null, 'csv')).toBe('c0,c1\n"a,""b""\n|",9007199254740993\n,2');
  expect(rowsAsText(rows, Uint32Array.of(1, 0), 'tsv')).toBe(
    'c0\tc1\n\t2\n"a,""b""\n|"\t9007199254740993',
  );
  expect(rowsAsText(rows, null, 'markdown')).toBe(
    '| c0 | c1 |\n| --- | --- |\n| a,"b"<br>\\| | 9007199254740993 |\n|  | 2 |',
  );
});

test('figures of a column', () => {
  const numbers = result(['INT'], [[1], [2], [2], [null], [7]]);
  expect(columnFigures(numbers, 0)).toEqual({
    rows: 5,
    nulls: 1,
    distinct: 3,
    least: '1',
    greatest: '7',
    mean: 3,
    median: 2,
    frequent: [
      { value: '2', count: 2 },
      { value: '1', count: 1 },
      { value: '7', count: 1 },
    ],
  });
  expect(columnFigures(result(['STRING'], [['b'], ['a']]), 0)).toMatchObject({
    least: 'a',
    greatest: 'b',
    mean: null,
  });
});

test('a text is found in the order of the grid', async () => {
  const rows = result(
    ['STRING', 'INT'],
    [
      ['Alpha', 1],
      ['beta', 10],
    ],
  );
  const { signal } = new AbortController();
  expect(await findInRows(rows, null, 'A', signal)).toEqual([
    { row: 0, column: 0 },
    { row: 1, column: 0 },
  ]);
  expect(await findInRows(rows, Uint32Array.of(1, 0), '1', signal)).toEqual([
    { row: 0, column: 1 },
    { row: 1, column: 1 },
  ]);
});
