import type { Column, Namespace, Table } from '../api/catalog';
import type { Listing } from './pages';

export type Branch =
  | { status: 'loading' }
  | { status: 'failed'; message: string }
  | { status: 'loaded'; tables: Listing<Table> };

interface Place {
  id: string;
  level: number;
  position: number;
  setSize: number;
  parent: number | null;
}

export type TreeNode = Place &
  (
    | { kind: 'namespace'; namespace: Namespace; expanded: boolean }
    | { kind: 'table'; table: Table; expanded: boolean }
    | { kind: 'column'; table: Table; column: Column }
    | { kind: 'note'; text: string; retry: string | null }
  );

export const namespaceId = (name: string) => `n/${name}`;
export const tableId = (table: Table) => `t/${table.namespace}/${table.table}`;

interface Catalog {
  namespaces: Namespace[];
  branch: (namespace: string) => Branch;
  expanded: ReadonlySet<string>;
  filter: string;
}

/**
 * The visible rows of the tree, from top to bottom: what a virtual list draws and the arrow keys walk.
 * A filter opens every namespace and leaves out those which are known to hold no match.
 */
export function flattenTree({ namespaces, branch, expanded, filter }: Catalog): TreeNode[] {
  const nodes: TreeNode[] = [];
  const wanted = filter.trim().toLowerCase();
  const shown = namespaces.filter(({ name }) => wanted === '' || mayMatch(branch(name), wanted));
  for (const [index, namespace] of shown.entries()) {
    const open = wanted !== '' || expanded.has(namespaceId(namespace.name));
    const parent = nodes.length;
    nodes.push({
      kind: 'namespace',
      id: namespaceId(namespace.name),
      level: 1,
      position: index + 1,
      setSize: shown.length,
      parent: null,
      namespace,
      expanded: open,
    });
    if (open) {
      pushBranch(nodes, parent, namespace, branch(namespace.name), expanded, wanted);
    }
  }
  return nodes;
}

function mayMatch(branch: Branch, wanted: string): boolean {
  return branch.status !== 'loaded' || branch.tables.items.some((table) => matches(table, wanted));
}

function pushBranch(
  nodes: TreeNode[],
  parent: number,
  namespace: Namespace,
  branch: Branch,
  expanded: ReadonlySet<string>,
  wanted: string,
): void {
  switch (branch.status) {
    case 'loading':
      nodes.push(note(namespace.name, parent, 'Loading…'));
      return;
    case 'failed':
      nodes.push(note(namespace.name, parent, `${branch.message} Press to try again.`, true));
      return;
    case 'loaded': {
      const { items, truncated } = branch.tables;
      const tables = items.filter((table) => matches(table, wanted));
      for (const [index, table] of tables.entries()) {
        pushTable(nodes, parent, table, index + 1, tables.length, expanded);
      }
      if (truncated) {
        nodes.push(note(namespace.name, parent, `Only the first ${items.length} are shown.`));
      } else if (tables.length === 0) {
        nodes.push(note(namespace.name, parent, 'No tables'));
      }
    }
  }
}

function pushTable(
  nodes: TreeNode[],
  parent: number,
  table: Table,
  position: number,
  setSize: number,
  expanded: ReadonlySet<string>,
): void {
  const id = tableId(table);
  const at = nodes.length;
  const open = expanded.has(id);
  nodes.push({ kind: 'table', id, level: 2, position, setSize, parent, table, expanded: open });
  const columns = open ? (table.columns ?? []) : [];
  for (const [index, column] of columns.entries()) {
    nodes.push({
      kind: 'column',
      id: `${id}/${column.name}`,
      level: 3,
      position: index + 1,
      setSize: columns.length,
      parent: at,
      table,
      column,
    });
  }
}

function note(namespace: string, parent: number, text: string, retry = false): TreeNode {
  return {
    kind: 'note',
    id: `${namespaceId(namespace)}/note`,
    level: 2,
    position: 1,
    setSize: 1,
    parent,
    text,
    retry: retry ? namespace : null,
  };
}

function matches(table: Table, wanted: string): boolean {
  return (
    wanted === '' ||
    table.table.toLowerCase().includes(wanted) ||
    table.namespace.toLowerCase().includes(wanted)
  );
}
