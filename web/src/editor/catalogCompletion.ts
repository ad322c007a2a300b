import type {
  Completion,
  CompletionContext,
  CompletionResult,
  CompletionSource,
} from '@codemirror/autocomplete';
import type { Column, Namespace, Table } from '../api/catalog';
import { namespaceName, quoteIdentifier, tableName } from '../catalog/sqlName';
import { splitPath, statementAround, type TableReference, tableReferences } from './scope';

/** What completion asks of the catalog; both answers may come from a cache. */
export interface CompletionCatalog {
  namespaces: () => Promise<Namespace[]>;
  tables: (namespace: string) => Promise<Table[]>;
}

const CATALOG = 'iceberg';
/** Typing must not load a whole lakehouse: without a namespace before the dot, only this many are looked at. */
const NAMESPACES_LOOKED_AT = 20;
const WORD = /[\p{L}\p{N}_$]*$/u;
const QUALIFIER = /((?:[\p{L}\p{N}_$]+|"[^"]*"|`[^`]*`)\s*\.\s*)+$/u;

/** Namespaces, tables, aliases and the columns of the tables which the statement names. */
export function catalogCompletion(catalog: CompletionCatalog): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const word = WORD.exec(before)?.[0] ?? '';
    const qualifier = QUALIFIER.exec(before.slice(0, before.length - word.length))?.[0] ?? '';
    if (word === '' && qualifier === '' && !context.explicit) {
      return null;
    }
    const text = context.state.doc.toString();
    const references = tableReferences(statementAround(text, context.pos));
    const options =
      qualifier === ''
        ? await unqualified(catalog, references)
        : await qualified(catalog, splitPath(qualifier), references);
    if (context.aborted || options.length === 0) {
      return null;
    }
    return { from: context.pos - word.length, options, validFor: /^[\p{L}\p{N}_$]*$/u };
  };
}

async function unqualified(
  catalog: CompletionCatalog,
  references: TableReference[],
): Promise<Completion[]> {
  const namespaces = await catalog.namespaces();
  const tables = (
    await Promise.all(
      namespaces.slice(0, NAMESPACES_LOOKED_AT).map(({ name }) => catalog.tables(name)),
    )
  ).flat();
  const columns = (await Promise.all(references.map((one) => resolve(catalog, one.path)))).flatMap(
    (table) => (table === null ? [] : columnOptions(table.columns)),
  );
  const aliases = references.flatMap(({ alias }) =>
    alias === null ? [] : [{ label: alias, type: 'variable', detail: 'alias', boost: 2 }],
  );
  return distinct([
    ...columns,
    ...aliases,
    ...tables.map((table) => tableOption(table, tableName(table))),
    ...namespaces.map(({ name }) => namespaceOption(name)),
  ]);
}

async function qualified(
  catalog: CompletionCatalog,
  path: string[],
  references: TableReference[],
): Promise<Completion[]> {
  const first = path[0] ?? '';
  if (path.length === 1) {
    const aliased = references.find(({ alias, path: named }) =>
      same(alias ?? named.at(-1) ?? '', first),
    );
    const table = aliased === undefined ? null : await resolve(catalog, aliased.path);
    if (table !== null) {
      return columnOptions(table.columns);
    }
  }
  if (path.length === 1 && same(first, CATALOG)) {
    return (await catalog.namespaces()).map(({ name }) => namespaceOption(name));
  }
  const namespace = await findNamespace(catalog, withoutCatalog(path).join('.'));
  if (namespace !== null) {
    const tables = await catalog.tables(namespace);
    return tables.map((table) => tableOption(table, quoteIdentifier(table.table)));
  }
  return columnOptions((await resolve(catalog, path))?.columns);
}

async function resolve(catalog: CompletionCatalog, path: string[]): Promise<Table | null> {
  const parts = withoutCatalog(path);
  const namespace = await findNamespace(catalog, parts.slice(0, -1).join('.') || 'default');
  if (namespace === null) {
    return null;
  }
  const name = parts.at(-1) ?? '';
  return (await catalog.tables(namespace)).find(({ table }) => same(table, name)) ?? null;
}

async function findNamespace(catalog: CompletionCatalog, name: string): Promise<string | null> {
  return (await catalog.namespaces()).find((one) => same(one.name, name))?.name ?? null;
}

function withoutCatalog(path: string[]): string[] {
  return path.length > 1 && same(path[0] ?? '', CATALOG) ? path.slice(1) : path;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function columnOptions(columns: Column[] | undefined): Completion[] {
  return (columns ?? []).map(({ name, type }) => ({
    label: name,
    apply: quoteIdentifier(name),
    detail: type,
    type: 'property',
    boost: 3,
  }));
}

function tableOption(table: Table, apply: string): Completion {
  return { label: table.table, apply, detail: table.namespace, type: 'class', boost: 1 };
}

function namespaceOption(name: string): Completion {
  return { label: name, apply: namespaceName(name), detail: 'namespace', type: 'namespace' };
}

function distinct(options: Completion[]): Completion[] {
  const seen = new Set<string>();
  return options.filter(({ label, detail }) => {
    const key = `${label}\n${detail}`;
    return !seen.has(key) && seen.add(key) !== null;
  });
}
