import { describe, expect, test } from 'vitest';
import type { StatementResult } from '../api/statements';
import { type ChartChoice, fittingChoice, suitableChoice, withKind } from './chartChoice';
import { chartData, labelOf, POINT_LIMIT } from './chartData';
import { chartOption } from './chartOption';
import { describeChart, formatTick } from './describeChart';

const columns = (...types: string[]) => types.map((type, at) => ({ name: `c${at}`, type }));

function result(types: string[], rows: unknown[][], marker: string | null = null): StatementResult {
  return {
    id: 'r',
    status: 'completed',
    columns: columns(...types),
    rows,
    row_count: rows.length,
    elapsed_ms: 1,
    bytes_scanned: 0,
    marker,
  };
}

function choice(fields: Partial<ChartChoice>): ChartChoice {
  return {
    kind: 'bar',
    x: 'c0',
    y: ['c1'],
    series: null,
    stack: false,
    sort: 'none',
    top: null,
    format: 'auto',
    ...fields,
  };
}

describe('what suits', () => {
  test.each([
    [['DATE', 'BIGINT'], 'line', 'c0'],
    [['TIMESTAMP', 'STRING', 'DOUBLE'], 'line', 'c0'],
    [['STRING', 'DECIMAL(10,2)'], 'bar', 'c0'],
    [['DOUBLE', 'DOUBLE'], 'scatter', 'c0'],
    [['DOUBLE'], 'bar', null],
  ])('%j is a %s', (types, kind, x) => {
    expect(suitableChoice(columns(...types))).toMatchObject({ kind, x });
  });

  test('no number, no chart', () => {
    expect(suitableChoice(columns('STRING', 'DATE'))).toBeNull();
  });

  test('a kept choice is taken while its columns are there', () => {
    const kept = choice({ kind: 'pie', top: 5 });
    expect(fittingChoice(kept, columns('STRING', 'BIGINT'))).toEqual(kept);
    expect(fittingChoice(choice({ y: ['gone'] }), columns('STRING', 'BIGINT'))?.y).toEqual(['c1']);
    expect(fittingChoice({ kind: 'nonsense' }, columns('STRING', 'BIGINT'))?.kind).toBe('bar');
  });

  test('a pie has one measure and a bounded number of slices', () => {
    expect(withKind(choice({ y: ['c1', 'c2'] }), 'pie')).toMatchObject({ y: ['c1'], top: 8 });
  });
});

describe('the data', () => {
  test('sums what repeats and says so', () => {
    const data = chartData(
      result(
        ['STRING', 'BIGINT'],
        [
          ['a', 1],
          ['b', 2],
          ['a', 3],
          ['b', null],
        ],
      ),
      choice({}),
    );
    expect([data.xs, data.series[0]?.values]).toEqual([
      ['a', 'b'],
      [4, 2],
    ]);
    expect(data.notes).toEqual(['Rows of the same c0 are summed.']);
  });

  test('puts lines in the order of time, bars in that of the rows', () => {
    const rows = [
      ['2024-01-02', 2],
      ['2024-01-01', 1],
    ];
    const data = chartData(result(['DATE', 'BIGINT'], rows), choice({ kind: 'line' }));
    expect(data.series[0]?.values).toEqual([1, 2]);
    expect(data.xs.map((x) => labelOf(x, data.xRole))).toEqual(['2024-01-01', '2024-01-02']);
    const bars = chartData(
      result(
        ['STRING', 'BIGINT'],
        [
          ['b', 1],
          ['a', 2],
        ],
      ),
      choice({}),
    );
    expect(bars.xs).toEqual(['b', 'a']);
  });

  test('a time without a zone is UTC', () => {
    const data = chartData(
      result(['TIMESTAMP', 'BIGINT'], [['2024-06-01T12:00:00', 1]]),
      choice({ kind: 'line' }),
    );
    expect(data.xs).toEqual([Date.UTC(2024, 5, 1, 12)]);
  });

  test('keeps the largest and sums the rest', () => {
    const rows = [
      ['a', 1],
      ['b', 9],
      ['c', 2],
      ['d', 8],
    ];
    const data = chartData(result(['STRING', 'BIGINT'], rows), choice({ top: 2 }));
    expect([data.xs, data.series[0]?.values]).toEqual([
      ['b', 'd', 'other (2)'],
      [9, 8, 3],
    ]);
  });

  test('groups into series and sorts by value', () => {
    const rows = [
      ['a', 1, 'x'],
      ['b', 5, 'x'],
      ['a', 2, 'y'],
    ];
    const data = chartData(
      result(['STRING', 'BIGINT', 'STRING'], rows),
      choice({ series: 'c2', sort: 'value' }),
    );
    expect(data.xs).toEqual(['b', 'a']);
    expect(data.series).toEqual([
      { name: 'x', values: [5, 1] },
      { name: 'y', values: [null, 2] },
    ]);
  });

  test('reads numbers of many digits', () => {
    const data = chartData(
      result(['STRING', 'BIGINT'], [['a', '\ue0009007199254740993']], '\ue000'),
      choice({}),
    );
    expect(data.series[0]?.values).toEqual([9007199254740992]);
  });

  test.each(['scatter', 'line'] as const)('a %s of many points is sampled and says so', (kind) => {
    const rows = Array.from({ length: 120_000 }, (_, at) => [at, at % 7]);
    const data = chartData(result(['BIGINT', 'DOUBLE'], rows), choice({ kind }));
    expect(data.xs.length).toBeLessThanOrEqual(POINT_LIMIT);
    expect(data.xs.length).toBeGreaterThan(POINT_LIMIT / 2);
    expect(data.notes.join()).toMatch(/Sampled: every 3th/);
  });
});

test('a chart is described in words', () => {
  const data = chartData(
    result(
      ['STRING', 'BIGINT'],
      [
        ['a', 1],
        ['b', 1234],
      ],
    ),
    choice({}),
  );
  expect(describeChart(data, choice({}))).toBe(
    'Bar chart of c1 by c0: 2 values of c0, from a to b. c1: from 1 to 1,234.',
  );
  expect(formatTick(1_500_000, 'auto')).toBe('1.5M');
});

test('stacks, times and formats reach the drawing', () => {
  const colors = { text: '#000', dim: '#333', line: '#ccc', surface: '#fff', font: 'x' };
  const picked = choice({ kind: 'area', stack: true });
  const data = chartData(result(['DATE', 'BIGINT'], [['2024-01-01', 1]]), picked);
  const option = chartOption(data, picked, colors) as {
    xAxis: { type: string };
    series: { type: string; stack: string; data: unknown[] }[];
  };
  expect(option.xAxis.type).toBe('time');
  expect(option.series[0]).toMatchObject({ type: 'line', stack: 'all' });
});
