// Answers the statements which the browser tests send, in the shapes of the API. It is no SQL engine:
// a statement it does not know is a syntax error at its first word.
import { tables, valueText } from './fake-catalog.mjs';

const KNOWN = [
  {
    pattern: /select 9223372036854775807 as big/i,
    columns: [
      { name: 'big', type: 'BIGINT' },
      { name: 'd', type: 'DECIMAL(38,10)' },
    ],
    rows: ['[9223372036854775807,1234567890123456789012345678.0123456789]'],
  },
  {
    pattern: /select null as nothing/i,
    columns: [
      { name: 'nothing', type: 'INT' },
      { name: 'nested', type: 'STRUCT<a: BIGINT, b: ARRAY<INT>>' },
      { name: 'price', type: 'DECIMAL(10,2)' },
    ],
    rows: ['[null,{"a":9223372036854775807,"b":[1,2]},1.50]'],
  },
  {
    pattern: /^\s*select 1\s*(as \w+)?\s*;?\s*$/i,
    columns: [{ name: '1', type: 'INT' }],
    rows: ['[1]'],
  },
];

KNOWN.push(
  {
    pattern: /as paid_by_day/i,
    columns: [
      { name: 'day', type: 'DATE' },
      { name: 'amount', type: 'DECIMAL(12,2)' },
      { name: 'status', type: 'STRING' },
    ],
    rows: Array.from({ length: 60 }, (_, row) => {
      const day = new Date(Date.UTC(2026, 0, 1 + (row >> 1))).toISOString().slice(0, 10);
      return `["${day}",${1000 + ((row * 373) % 900)}.50,"${row % 2 === 0 ? 'paid' : 'new'}"]`;
    }),
  },
  {
    pattern: /as by_country/i,
    columns: [
      { name: 'country', type: 'STRING' },
      { name: 'orders', type: 'BIGINT' },
    ],
    rows: Array.from({ length: 40 }, (_, row) => `["C${row}",${(row * 7919) % 1000}]`),
  },
  {
    pattern: /as many_points/i,
    columns: [
      { name: 'a', type: 'DOUBLE' },
      { name: 'b', type: 'DOUBLE' },
    ],
    rows: Array.from({ length: 120_000 }, (_, row) => `[${row},${(row * 31) % 977}]`),
  },
  {
    pattern: /^show create view reports\.paid/i,
    columns: [{ name: 'createtab_stmt', type: 'STRING' }],
    rows: [
      JSON.stringify(['CREATE VIEW iceberg.reports.paid AS\nselect id, amount from shop.orders']),
    ],
  },
  {
    pattern: /from shop\."\w+\$files"/i,
    columns: ['content', 'file_size_in_bytes', 'record_count'].map((name) => ({
      name,
      type: 'BIGINT',
    })),
    rows: Array.from({ length: 424 }, (_, row) => {
      const size = row < 2 ? 260_000_000 : row < 40 ? 40_000_000 - row : 8_000 - row;
      return row < 420 ? `[0,${size},${size >> 4}]` : '[1,900,225]';
    }),
  },
  {
    pattern: /from shop\."\w+\$partitions"/i,
    columns: [
      { name: 'partition', type: 'STRUCT<ordered_at_month: INT>' },
      { name: 'record_count', type: 'BIGINT' },
      { name: 'file_count', type: 'INT' },
      { name: 'total_data_file_size_in_bytes', type: 'BIGINT' },
    ],
    rows: [4_000_000, 1_000_000, 900_000].map(
      (bytes, row) => `[{"ordered_at_month":${680 + row}},${bytes / 20},${140 + row},${bytes}]`,
    ),
  },
  {
    pattern: /:(day|n)\b/,
    columns: [{ name: 'n', type: 'BIGINT' }],
    rows: ['[1]', '[2]'],
  },
);

export const runsLong = (statement) => /order_items a|levenshtein/i.test(statement);

export function answer(statement) {
  const known = KNOWN.find(({ pattern }) => pattern.test(statement));
  if (known !== undefined) {
    return known;
  }
  const altered = alter(statement);
  if (altered !== null) {
    return altered;
  }
  const range = /from range\((\d+)\)/i.exec(statement);
  if (range !== null) {
    return {
      columns: [{ name: 'n', type: 'BIGINT' }],
      rows: Array.from({ length: Number(range[1]) }, (_, row) => `[${row}]`),
    };
  }
  return selectFrom(statement);
}

const ALTERS = [
  [
    /^add column "?(\w+)"? (\w+)$/i,
    (columns, name, type) => columns.push({ name, type, nullable: true, comment: null }),
  ],
  [
    /^rename column (\w+) to (\w+)$/i,
    (columns, name, to) => {
      columns.find((one) => one.name === name).name = to;
    },
  ],
  [
    /^alter column (\w+) type (.+)$/i,
    (columns, name, type) => {
      columns.find((one) => one.name === name).type = type;
    },
  ],
  [
    /^drop column (\w+)$/i,
    (columns, name) =>
      columns.splice(
        columns.findIndex((one) => one.name === name),
        1,
      ),
  ],
];

function alter(statement) {
  const [, name, change] = /^alter table ([\w.]+) (.+)$/i.exec(statement) ?? [];
  const table = tables.find((one) => one.name === `iceberg.${name}`);
  for (const [pattern, apply] of table === undefined ? [] : ALTERS) {
    const match = pattern.exec(change);
    if (match !== null) {
      apply(table.columns, match[1], match[2]);
      return { columns: [], rows: [] };
    }
  }
  return null;
}

function selectFrom(statement) {
  const match = /select\s+(\*|\w+)\s+from\s+((?:\w+\.)*\w+)(?:\s+limit\s+(\d+))?/i.exec(statement);
  if (match === null) {
    const word = /\S+/.exec(statement);
    throw problem(400, 'syntax_error', 'Syntax error', `Syntax error at "${word[0]}".`, {
      position: position(statement, word.index, word[0].length),
    });
  }
  const [, wanted, name, limit] = match;
  const table = tables.find((one) => one.name.endsWith(name) && name.includes('.'));
  if (table === undefined) {
    const detail = `There is no table ${name}. Check the name in the catalog.`;
    throw problem(404, 'unknown_table', 'Unknown table', detail, {
      position: position(statement, statement.indexOf(name, match.index + 7), name.length),
    });
  }
  const columns = wanted === '*' ? table.columns : table.columns.filter((c) => c.name === wanted);
  if (columns.length === 0) {
    const detail = `The table ${table.name} has no column "${wanted}".`;
    throw problem(400, 'binding_error', 'Unknown column', detail, {
      position: position(statement, statement.indexOf(wanted, match.index + 6), wanted.length),
    });
  }
  const count = Math.min(Number(limit ?? table.row_count), table.row_count);
  const rows = Array.from(
    { length: count },
    (_, row) => `[${columns.map((column) => valueText(column, row)).join(',')}]`,
  );
  return { columns: columns.map(({ name, type }) => ({ name, type })), rows };
}

function position(text, offset, length) {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1).length + 1, offset, length };
}

export function problem(status, code, title, detail, extras = {}) {
  return Object.assign(new Error(detail), {
    status,
    body: { type: `urn:tarn:error:${code}`, title, status, detail, code, ...extras },
  });
}
