import { describe, expect, it } from 'vitest';
import type { Table } from '../api/catalog';
import { histogramBars, percent, shortValue } from './profileFigures';
import { loadSnippets, shellQuoted, snippets } from './snippets';
import { orderedTabs } from './tableTab';

const Nothing = () => null;

const TABLE = {
  name: 'iceberg.shop."it\'s"',
  namespace: 'shop',
  table: "it's",
} as Table;

describe('ways to use a table', () => {
  it('survive a shell and JSON', () => {
    expect(shellQuoted("it's")).toBe("'it'\\''s'");
    const texts = Object.fromEntries(
      snippets(TABLE, 'http://h').map(({ label, text }) => [label, text]),
    );
    expect(texts.SQL).toBe(`select * from shop."it's" limit 100`);
    expect(texts['Command line']).toBe(`tarn sql 'select * from shop."it'\\''s" limit 100'`);
    expect(texts['HTTP, rows as JSON']).toContain(
      `-d '{"statement":"select * from shop.\\"it'\\''s\\" limit 100"}'`,
    );
    expect(texts['HTTP, this table’s columns and figures']).toContain(
      `'http://h/tarn/v1/tables/iceberg.shop.%22it'\\''s%22'`,
    );
  });

  it('name the table for loads', () => {
    const [first, second] = loadSnippets({ ...TABLE, name: 'iceberg.shop.orders' }, 'http://h');
    expect(first?.text).toBe("tarn load mine.csv --table 'iceberg.shop.orders' --mode append");
    expect(second?.text).toContain('table=iceberg.shop.orders&mode=append');
  });
});

describe('a profile', () => {
  it('draws bars in their box, and shows whatever holds a row', () => {
    const bars = histogramBars(
      [
        { from: 0, to: 1, count: 1000 },
        { from: 1, to: 2, count: 1 },
        { from: 2, to: 3, count: 0 },
      ],
      90,
      30,
    );
    expect(bars.map(({ height }) => height)).toEqual([30, 1, 0]);
    expect(bars.map(({ x }) => x)).toEqual([0, 30, 60]);
    expect(bars[1]?.title).toBe('1 to 2: 1');
  });

  it('shows figures at a glance', () => {
    expect(shortValue(1234567)).toBe('1,234,567');
    expect(shortValue(1.23456789)).toBe('1.23457');
    expect(shortValue(null)).toBe('–');
    expect(shortValue({ a: 1 })).toBe('{"a":1}');
    expect(percent(1, 3)).toBe('33.3 %');
    expect(percent(1, 1_000_000)).toBe('< 0.1 %');
    expect(percent(999_999, 1_000_000)).toBe('> 99.9 %');
    expect(percent(0, 0)).toBe('0 %');
  });
});

describe('tabs of a table', () => {
  it('stand in their order, whatever their files are called', () => {
    const tab = (id: string, order: number) => ({
      default: { id, label: id, order, Content: Nothing },
    });
    expect(
      orderedTabs({ a: tab('late', 300), b: tab('early', 100), c: tab('also', 300) }).map(
        ({ id }) => id,
      ),
    ).toEqual(['early', 'also', 'late']);
  });
});
