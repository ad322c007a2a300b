import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, test } from 'vitest';
import type { Table } from '../api/catalog';
import { catalogCompletion } from './catalogCompletion';
import { tableReferences } from './scope';

function table(namespace: string, name: string, columns: string[]): Table {
  return {
    name: `iceberg.${namespace}.${name}`,
    namespace,
    table: name,
    kind: 'table',
    format: 'iceberg',
    row_count: 1,
    size_bytes: 1,
    file_count: 1,
    snapshot_id: null,
    updated_at: null,
    columns: columns.map((column) => ({
      name: column,
      type: 'INT',
      nullable: true,
      comment: null,
    })),
  };
}

const TABLES = [
  table('shop', 'orders', ['id', 'amount', 'Order Date']),
  table('shop', 'customers', ['id', 'email']),
  table('lab', 'runs', ['score']),
];

const source = catalogCompletion({
  namespaces: async () => ['shop', 'lab'].map((name) => ({ name, table_count: 1 })),
  tables: async (namespace) => TABLES.filter((one) => one.namespace === namespace),
});

/** What is offered at the bar. */
async function offered(text: string): Promise<string[]> {
  const at = text.indexOf('|');
  const state = EditorState.create({ doc: text.replace('|', '') });
  const result = await source(new CompletionContext(state, at, false));
  return (result?.options ?? []).map(({ apply, label }) =>
    typeof apply === 'string' ? apply : label,
  );
}

describe('completion', () => {
  test('offers tables with their namespace, and namespaces', async () => {
    const options = await offered('select * from s|');
    expect(options).toEqual(expect.arrayContaining(['shop.orders', 'lab.runs', 'shop', 'lab']));
  });

  test('offers the tables of a namespace, also behind the catalog', async () => {
    expect(await offered('select * from shop.|')).toEqual(['orders', 'customers']);
    expect(await offered('select * from iceberg.SHOP.o|')).toEqual(['orders', 'customers']);
    expect(await offered('select * from iceberg.|')).toEqual(['shop', 'lab']);
  });

  test('offers columns of the tables which the statement names, quoted when needed', async () => {
    const options = await offered('select a| from shop.orders o');
    expect(options).toEqual(expect.arrayContaining(['id', 'amount', '"Order Date"', 'o']));
    expect(options).not.toContain('email');
  });

  test('offers the columns behind an alias, a table or a full name', async () => {
    expect(await offered('select c.| from shop.orders o join shop.customers as c')).toEqual([
      'id',
      'email',
    ]);
    expect(await offered('select runs.| from lab.runs')).toEqual(['score']);
    expect(await offered('select lab.runs.| from lab.runs')).toEqual(['score']);
  });

  test('keeps to the statement at the cursor', async () => {
    expect(await offered('select 1 from lab.runs; select e| from shop.customers')).not.toContain(
      'score',
    );
  });

  test('offers nothing after a blank', async () => {
    expect(await offered('select |')).toEqual([]);
  });
});

test('tableReferences reads FROM, JOIN and commas, quotes and aliases', () => {
  const text = 'select 1 from a.b x, "My ""ns""".c left join `d`.e as f on true where g = 1';
  expect(tableReferences(text)).toEqual([
    { path: ['a', 'b'], alias: 'x' },
    { path: ['My "ns"', 'c'], alias: null },
    { path: ['d', 'e'], alias: 'f' },
  ]);
});
