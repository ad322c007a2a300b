import { describe, expect, test } from 'vitest';
import type { Table } from '../api/catalog';
import { collectPages } from './pages';
import { namespaceName, quoteIdentifier, tableName } from './sqlName';
import { flattenTree, namespaceId, type TreeNode, tableId } from './tree';
import { nodeName, treeMove } from './treeKeyboard';

function table(name: string): Table {
  return {
    name: `iceberg.shop.${name}`,
    namespace: 'shop',
    table: name,
    kind: 'table',
    format: 'iceberg',
    row_count: 3,
    size_bytes: 1,
    file_count: 1,
    snapshot_id: null,
    updated_at: null,
    columns: [{ name: 'id', type: 'BIGINT', nullable: false, comment: null }],
  };
}

describe('collectPages', () => {
  const numbers = Array.from({ length: 250 }, (_, index) => index);
  const asked: (string | null)[] = [];
  const fetchPage = async (cursor: string | null) => {
    asked.push(cursor);
    const start = Number(cursor ?? 0);
    const end = start + 100;
    return {
      items: numbers.slice(start, end),
      nextCursor: end < numbers.length ? String(end) : null,
    };
  };

  test('follows the cursors to the end', async () => {
    expect(await collectPages(fetchPage, 1000)).toEqual({ items: numbers, truncated: false });
    expect(asked).toEqual([null, '100', '200']);
  });

  test('stops at the limit and says so', async () => {
    const { items, truncated } = await collectPages(fetchPage, 150);
    expect([items.length, truncated]).toEqual([150, true]);
  });

  test('an end at the limit is an end', async () => {
    expect((await collectPages(fetchPage, 250)).truncated).toBe(false);
  });
});

const ORDERS = table('orders');
const PRODUCTS = table('products');

function nodes(expanded: string[], filter = ''): TreeNode[] {
  return flattenTree({
    namespaces: [
      { name: 'lab', table_count: 0 },
      { name: 'shop', table_count: 2 },
    ],
    branch: (name) => ({
      status: 'loaded',
      tables: { items: name === 'shop' ? [ORDERS, PRODUCTS] : [], truncated: false },
    }),
    expanded: new Set(expanded),
    filter,
  });
}

describe('flattenTree', () => {
  test('shows what is open', () => {
    expect(nodes([]).map(nodeName)).toEqual(['lab', 'shop']);
    const open = nodes([namespaceId('lab'), namespaceId('shop'), tableId(ORDERS)]);
    expect(open.map(nodeName)).toEqual(['lab', 'No tables', 'shop', 'orders', 'id', 'products']);
    expect(open.map(({ level }) => level)).toEqual([1, 2, 1, 2, 3, 2]);
    expect(open[5]).toMatchObject({ position: 2, setSize: 2, parent: 2 });
  });

  test('a filter opens namespaces and leaves out what does not match', () => {
    expect(nodes([], 'PROD').map(nodeName)).toEqual(['shop', 'products']);
    expect(nodes([], 'nothing')).toEqual([]);
  });

  test('says that it loads, and why it could not', () => {
    const namespaces = [{ name: 'shop', table_count: 2 }];
    const expanded = new Set([namespaceId('shop')]);
    const loading = flattenTree({
      namespaces,
      expanded,
      filter: '',
      branch: () => ({ status: 'loading' }),
    });
    expect(loading.map(nodeName)).toEqual(['shop', 'Loading…']);
    const failed = flattenTree({
      namespaces,
      expanded,
      filter: '',
      branch: () => ({ status: 'failed', message: 'Busy.' }),
    });
    expect(failed[1]).toMatchObject({ kind: 'note', retry: 'shop' });
  });
});

describe('treeMove', () => {
  const tree = nodes([namespaceId('shop'), tableId(ORDERS)]);

  test('walks, opens and closes', () => {
    expect(treeMove(tree, 0, 'ArrowDown')).toEqual({ kind: 'move', to: 1 });
    expect(treeMove(tree, 0, 'ArrowRight')).toEqual({ kind: 'toggle', id: namespaceId('lab') });
    expect(treeMove(tree, 1, 'ArrowRight')).toEqual({ kind: 'move', to: 2 });
    expect(treeMove(tree, 1, 'ArrowLeft')).toEqual({ kind: 'toggle', id: namespaceId('shop') });
    expect(treeMove(tree, 3, 'ArrowLeft')).toEqual({ kind: 'move', to: 2 });
    expect(treeMove(tree, 2, 'Enter')).toEqual({ kind: 'activate' });
    expect(treeMove(tree, 0, 'End')).toEqual({ kind: 'move', to: tree.length - 1 });
  });

  test('finds by first letter', () => {
    expect(treeMove(tree, 0, 'p')).toEqual({ kind: 'move', to: 4 });
    expect(treeMove(tree, 0, 'z')).toEqual({ kind: 'none' });
  });
});

test('names are quoted when SQL needs it', () => {
  expect(['orders', 'Order', 'a b', 'select', 'say "x"', 'größe'].map(quoteIdentifier)).toEqual([
    'orders',
    '"Order"',
    '"a b"',
    '"select"',
    '"say ""x"""',
    '"größe"',
  ]);
  expect(namespaceName('a.b c')).toBe('a."b c"');
  expect(tableName({ namespace: 'shop', table: 'order' })).toBe('shop."order"');
});
