import type { Table } from '../api/catalog';
import { tableName } from '../catalog/sqlName';

const ROWS = 100;

/** In single quotes, for a POSIX shell. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

export function readStatement(table: Pick<Table, 'namespace' | 'table'>): string {
  return `select * from ${tableName(table)} limit ${ROWS}`;
}

export interface Snippet {
  label: string;
  text: string;
}

/** Ways to read a table outside the console; each is complete and can be pasted as it is. */
export function snippets(table: Table, server: string): Snippet[] {
  const statement = readStatement(table);
  const body = shellQuoted(JSON.stringify({ statement }));
  const key = '"Authorization: Bearer $TARN_KEY"';
  return [
    { label: 'SQL', text: statement },
    { label: 'Command line', text: `tarn sql ${shellQuoted(statement)}` },
    {
      label: 'Command line, as CSV into a file',
      text: `tarn sql --csv ${shellQuoted(statement)} > ${shellQuoted(`${table.table}.csv`)}`,
    },
    {
      label: 'HTTP, rows as JSON',
      text: [
        `curl -s ${server}/v1/sql/execute \\`,
        `  -H ${key} \\`,
        "  -H 'Content-Type: application/json' \\",
        `  -d ${body}`,
      ].join('\n'),
    },
    {
      label: 'HTTP, this table’s columns and figures',
      text: [
        `curl -s ${shellQuoted(`${server}/tarn/v1/tables/${encodeURIComponent(table.name)}`)} \\`,
        `  -H ${key}`,
      ].join('\n'),
    },
  ];
}

/** How rows get into it. */
export function loadSnippets(table: Table, server: string): Snippet[] {
  const address = `${server}/tarn/v1/loads?${new URLSearchParams({ table: table.name, mode: 'append', filename: 'mine.csv' })}`;
  return [
    {
      label: 'Command line, append a file',
      text: `tarn load mine.csv --table ${shellQuoted(table.name)} --mode append`,
    },
    {
      label: 'HTTP, append a file',
      text: [
        `curl -s ${shellQuoted(address)} \\`,
        '  -H "Authorization: Bearer $TARN_KEY" \\',
        "  -H 'Content-Type: text/csv' \\",
        '  --data-binary @mine.csv',
      ].join('\n'),
    },
  ];
}
