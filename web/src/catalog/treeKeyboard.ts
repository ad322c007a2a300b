import type { TreeNode } from './tree';

export type TreeMove =
  | { kind: 'move'; to: number }
  | { kind: 'toggle'; id: string }
  | { kind: 'activate' }
  | { kind: 'none' };

const PAGE = 10;
const NONE: TreeMove = { kind: 'none' };

/** What a key does in the tree, after the ARIA practices for tree views. */
export function treeMove(nodes: TreeNode[], active: number, key: string): TreeMove {
  const node = nodes[active];
  if (node === undefined) {
    return NONE;
  }
  const last = nodes.length - 1;
  const expanded = 'expanded' in node ? node.expanded : null;
  switch (key) {
    case 'ArrowDown':
      return { kind: 'move', to: Math.min(active + 1, last) };
    case 'ArrowUp':
      return { kind: 'move', to: Math.max(active - 1, 0) };
    case 'PageDown':
      return { kind: 'move', to: Math.min(active + PAGE, last) };
    case 'PageUp':
      return { kind: 'move', to: Math.max(active - PAGE, 0) };
    case 'Home':
      return { kind: 'move', to: 0 };
    case 'End':
      return { kind: 'move', to: last };
    case 'ArrowRight':
      if (expanded === false) {
        return { kind: 'toggle', id: node.id };
      }
      return nodes[active + 1]?.parent === active ? { kind: 'move', to: active + 1 } : NONE;
    case 'ArrowLeft':
      if (expanded === true) {
        return { kind: 'toggle', id: node.id };
      }
      return node.parent === null ? NONE : { kind: 'move', to: node.parent };
    case ' ':
      return expanded === null ? NONE : { kind: 'toggle', id: node.id };
    case 'Enter':
      return { kind: 'activate' };
    default:
      return key.length === 1 ? typeAhead(nodes, active, key) : NONE;
  }
}

function typeAhead(nodes: TreeNode[], active: number, letter: string): TreeMove {
  const wanted = letter.toLowerCase();
  for (let step = 1; step <= nodes.length; step++) {
    const to = (active + step) % nodes.length;
    const node = nodes[to];
    if (node !== undefined && nodeName(node).toLowerCase().startsWith(wanted)) {
      return { kind: 'move', to };
    }
  }
  return NONE;
}

export function nodeName(node: TreeNode): string {
  switch (node.kind) {
    case 'namespace':
      return node.namespace.name;
    case 'table':
      return node.table.table;
    case 'column':
      return node.column.name;
    case 'note':
      return node.text;
  }
}
