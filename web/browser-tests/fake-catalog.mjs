// The retail sample as the fake server shows it, and a namespace of many tables.

const column = (name, type, nullable = true) => ({ name, type, nullable, comment: null });

const SHOP = {
  customers: [
    20_000,
    [
      column('id', 'BIGINT', false),
      column('name', 'STRING'),
      column('email', 'STRING'),
      column('country', 'STRING'),
      column('created_at', 'TIMESTAMP'),
    ],
  ],
  order_items: [
    900_000,
    [
      column('order_id', 'BIGINT', false),
      column('product_id', 'BIGINT', false),
      column('quantity', 'INT'),
      column('price', 'DECIMAL(10,2)'),
    ],
  ],
  orders: [
    300_000,
    [
      column('id', 'BIGINT', false),
      column('customer_id', 'BIGINT', false),
      column('ordered_at', 'TIMESTAMP'),
      column('status', 'STRING'),
      column('amount', 'DECIMAL(12,2)'),
      column('note', 'STRING'),
    ],
  ],
  products: [
    1_000,
    [
      column('id', 'BIGINT', false),
      column('title', 'STRING'),
      column('price', 'DECIMAL(10,2)'),
      column('tags', 'ARRAY<STRING>'),
    ],
  ],
};

function table(namespace, name, rowCount, columns) {
  return {
    name: `iceberg.${namespace}.${name}`,
    namespace,
    table: name,
    kind: 'table',
    format: 'iceberg',
    row_count: rowCount,
    size_bytes: rowCount * 24,
    file_count: 1,
    snapshot_id: '8123456789012345678',
    updated_at: '2026-11-27T10:00:00Z',
    columns,
  };
}

export const tables = [
  ...Object.entries(SHOP).map(([name, [rows, columns]]) => table('shop', name, rows, columns)),
  {
    ...table('reports', 'paid', null, [column('id', 'BIGINT'), column('amount', 'DECIMAL(12,2)')]),
    kind: 'view',
    size_bytes: null,
    file_count: null,
    snapshot_id: null,
  },
  ...Array.from({ length: 420 }, (_, index) =>
    table('archive', `events_${String(index).padStart(3, '0')}`, index * 1000, [
      column('id', 'BIGINT', false),
      column('payload', 'STRING'),
    ]),
  ),
];

export const namespaces = ['archive', 'reports', 'shop'].map((name) => ({
  name,
  table_count: tables.filter((one) => one.namespace === name).length,
}));

/** Tables that were dropped, the last one first. */
export const droppedTables = ['lost', 'taken'].map((name, index) => ({
  id: `01939e4c-0000-7000-8000-00000000000${index}`,
  name: `iceberg.shop.${name}`,
  namespace: 'shop',
  table: name,
  dropped_by: 'admin',
  dropped_at: '2026-11-27T10:00:00Z',
  expires_at: '2026-12-04T10:00:00Z',
}));

const WORDS = ['paid', 'shipped', 'new', 'returned'];

/** JSON text of a value, deterministic in row and column. */
export function valueText({ name, type }, row) {
  if (name === 'note') {
    return row % 3 === 0 ? 'null' : JSON.stringify(`Leave at door ${row % 7}`);
  }
  if (type.startsWith('DECIMAL')) {
    return `${(row * 37) % 900}.${String((row * 13) % 100).padStart(2, '0')}`;
  }
  switch (type) {
    case 'BIGINT':
    case 'INT':
      return String(row + 1);
    case 'TIMESTAMP':
      return JSON.stringify(
        new Date(Date.UTC(2026, 10, 1) - row * 61_000).toISOString().slice(0, 19),
      );
    case 'ARRAY<STRING>':
      return JSON.stringify([WORDS[row % 4], 'retail']);
    default:
      return JSON.stringify(name === 'status' ? WORDS[row % 4] : `${name} ${row + 1}`);
  }
}
