/** One way to attach an engine: a block of docs/engines.md, which tests run, and what reads a table once it is attached. */
export interface Engine {
  id: EngineId;
  label: string;
  /** What the page says of it: which versions were tested. */
  note: string;
  text: string;
}

export type EngineId = 'spark' | 'trino' | 'flink' | 'pyiceberg' | 'duckdb' | 'java';

/** The server's address as docs/engines.md writes it. */
export const DOCUMENTED_SERVER = 'http://HOST:8080';

const KINDS: readonly (readonly [EngineId, RegExp])[] = [
  ['spark', /spark/i],
  ['trino', /trino/i],
  ['flink', /flink/i],
  ['pyiceberg', /pyiceberg/i],
  ['duckdb', /duckdb/i],
  ['java', /java/i],
];

/** The first block of each engine's chapter that names the catalog's address. */
export function enginesOf(page: string): Engine[] {
  const engines: Engine[] = [];
  let heading = '';
  let paragraphs: string[] = [''];
  let block: string[] | null = null;
  for (const line of page.split('\n')) {
    if (line.startsWith('```')) {
      if (block !== null) {
        add(engines, heading, paragraphs, block.join('\n'));
        paragraphs = [''];
      }
      block = block === null ? [] : null;
    } else if (block !== null) {
      block.push(line);
    } else if (line.startsWith('#')) {
      heading = line.replace(/^#+ /, '');
      paragraphs = [''];
    } else if (line.trim() === '') {
      paragraphs.push('');
    } else {
      paragraphs.push(`${paragraphs.pop()} ${line}`.trim());
    }
  }
  return engines;
}

function add(engines: Engine[], heading: string, paragraphs: string[], text: string): void {
  if (!text.includes(`${DOCUMENTED_SERVER}/iceberg`)) {
    return;
  }
  const label = plain(heading);
  const kind = KINDS.find(([, words]) => words.test(label))?.[0];
  if (kind === undefined || engines.some(({ id }) => id === kind)) {
    return;
  }
  engines.push({
    id: kind,
    label,
    note: plain(paragraphs.filter((one) => one !== '').join(' ')),
    text,
  });
}

/** Markdown's marks are no part of what is read aloud. */
function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
}

/** A block with this server's address, and the key in the place where it goes. */
export function attached(engine: Engine, server: string, key: string | null): string {
  const text = engine.text.replaceAll(DOCUMENTED_SERVER, server);
  if (key === null) {
    return text;
  }
  return text
    .replaceAll('$TARN_KEY', key)
    .replace(/\bKEY\b/g, key)
    .replace(/\bkey\)/g, `"${key}")`);
}

/** What reads the table in an engine that is attached. */
export function readingText(id: EngineId, namespace: string, table: string): string {
  const parts = ['tarn', ...namespace.split('.'), table];
  switch (id) {
    case 'spark':
    case 'flink':
      return `SELECT * FROM ${parts.map((part) => quoted(part, '`')).join('.')} LIMIT 100;`;
    case 'trino':
      return `SELECT * FROM ${quoted('tarn', '"')}.${quoted(namespace, '"')}.${quoted(table, '"')} LIMIT 100;`;
    case 'duckdb':
      return `SELECT * FROM ${parts.map((part) => quoted(part, '"')).join('.')} LIMIT 100;`;
    case 'pyiceberg':
      return `catalog.load_table((${parts.slice(1).map(text).join(', ')})).scan(limit=100).to_arrow()`;
    case 'java':
      return `Table table = catalog.loadTable(TableIdentifier.of(${parts.slice(1).map(text).join(', ')}));`;
  }
}

const text = (part: string) => JSON.stringify(part);

function quoted(part: string, mark: '`' | '"'): string {
  return /^[a-z_][a-z0-9_]*$/.test(part) ? part : mark + part.replaceAll(mark, mark + mark) + mark;
}
