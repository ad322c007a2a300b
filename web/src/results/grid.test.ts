import { describe, expect, test } from 'vitest';
import { columnWidths } from './columnWidths';
import { formatBytes, formatDuration, plural } from './figures';
import {
  columnEdges,
  columnWindow,
  MAX_BODY_HEIGHT_PX,
  ROW_HEIGHT_PX,
  rowWindow,
  scrollTopFor,
} from './gridGeometry';
import { moveCell } from './gridNavigation';

const VIEW = 20 * ROW_HEIGHT_PX;

describe('rowWindow', () => {
  test('draws the rows in view and a few around them', () => {
    const window = rowWindow(1000, 100 * ROW_HEIGHT_PX, VIEW);
    expect(window).toEqual({
      bodyHeight: 1000 * ROW_HEIGHT_PX,
      first: 94,
      last: 126,
      top: 94 * ROW_HEIGHT_PX,
    });
  });

  test.each([1_000, 1_000_000, 20_000_000])('reaches the first and last of %i rows', (rows) => {
    expect(rowWindow(rows, 0, VIEW).first).toBe(0);
    const { bodyHeight } = rowWindow(rows, 0, VIEW);
    expect(bodyHeight).toBeLessThanOrEqual(MAX_BODY_HEIGHT_PX);
    const end = bodyHeight - VIEW;
    const window = rowWindow(rows, end, VIEW);
    expect(window.last).toBe(rows);
    expect(window.top + (rows - window.first) * ROW_HEIGHT_PX).toBeCloseTo(bodyHeight, 3);
  });

  test.each([1_000, 1_000_000, 20_000_000])('scrolls to any of %i rows', (rows) => {
    for (const row of [0, 7, Math.floor(rows / 3), rows - 1]) {
      const top = scrollTopFor(row, rows, 0, VIEW);
      const window = rowWindow(rows, top, VIEW);
      expect(row).toBeGreaterThanOrEqual(window.first);
      expect(row).toBeLessThan(window.last);
      expect(scrollTopFor(row, rows, top, VIEW)).toBeCloseTo(top, 3);
    }
  });

  test('of no rows is empty', () => {
    expect(rowWindow(0, 0, VIEW)).toMatchObject({ bodyHeight: 0, first: 0, last: 0 });
  });
});

test('columnWindow draws the columns that a view touches', () => {
  const edges = columnEdges([100, 50, 200, 80]);
  expect(edges).toEqual([0, 100, 150, 350, 430]);
  expect(columnWindow(edges, 0, 120)).toEqual([0, 2]);
  expect(columnWindow(edges, 120, 160)).toEqual([1, 3]);
  expect(columnWindow(edges, 0, 5000)).toEqual([0, 4]);
  expect(columnWindow(columnEdges([]), 0, 100)).toEqual([0, 0]);
});

test('columnWidths leaves room for numbers far below the first rows', () => {
  const width = (rows: unknown[][], type: string) =>
    columnWidths({
      id: '',
      status: 'completed',
      columns: [{ name: 'n', type }],
      rows,
      row_count: rows.length,
      elapsed_ms: 0,
      bytes_scanned: 0,
      marker: '\ue000',
    })[0] ?? 0;
  const rows = Array.from({ length: 5000 }, (_, row) => [row]);
  expect(width([...rows, [123_456_789_012_345]], 'BIGINT')).toBeGreaterThan(15 * 7);
  expect(width([...rows, ['\ue0009223372036854775807']], 'BIGINT')).toBeGreaterThan(19 * 7);
  expect(width([['x'.repeat(10_000)]], 'STRING')).toBeLessThan(500);
});

test('moveCell follows the arrow keys and stays inside', () => {
  const size = { rows: 100, columns: 5, page: 10 };
  const at = { row: 50, column: 2 };
  expect(moveCell(at, 'ArrowDown', false, size)).toEqual({ row: 51, column: 2 });
  expect(moveCell(at, 'PageUp', false, size)).toEqual({ row: 40, column: 2 });
  expect(moveCell(at, 'Home', false, size)).toEqual({ row: 50, column: 0 });
  expect(moveCell(at, 'End', true, size)).toEqual({ row: 99, column: 4 });
  expect(moveCell({ row: 99, column: 4 }, 'ArrowRight', false, size)).toEqual({
    row: 99,
    column: 4,
  });
  expect(moveCell({ row: 0, column: 0 }, 'ArrowUp', false, size)).toEqual({ row: 0, column: 0 });
  expect(moveCell(at, 'a', false, size)).toBeNull();
});

test('figures are short and true', () => {
  expect([0, 999, 1000, 1_234_567, 999_600].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '1.2 MB',
    '1.0 MB',
  ]);
  expect([3, 1500, 12_340, 125_000].map(formatDuration)).toEqual([
    '3 ms',
    '1.50 s',
    '12.3 s',
    '2 min 5 s',
  ]);
  expect([plural(1, 'row'), plural(300_000, 'row')]).toEqual(['1 row', '300,000 rows']);
});
