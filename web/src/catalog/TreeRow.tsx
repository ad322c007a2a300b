import type { Table } from '../api/catalog';
import { ChevronIcon, NamespaceIcon, PageIcon, PlayIcon, TableIcon, ViewIcon } from '../app/icons';
import { Link } from '../app/routing';
import { formatCount, plural } from '../results/figures';
import classes from './CatalogTree.module.css';
import type { TreeNode } from './tree';

interface Props {
  id: string;
  node: TreeNode;
  active: boolean;
  top: number;
  height: number;
  onPress: () => void;
  onQuery: (table: Table) => void;
}

/** The tree itself holds the focus and handles every key; a row only answers the pointer. */
export function TreeRow({ id, node, active, top, height, onPress, onQuery }: Props) {
  return (
    <div
      id={id}
      role="treeitem"
      className={classes.row}
      data-active={active || undefined}
      data-kind={node.kind}
      aria-label={label(node)}
      aria-level={node.level}
      aria-posinset={node.position}
      aria-setsize={node.setSize}
      aria-selected={active}
      {...('expanded' in node ? { 'aria-expanded': node.expanded } : {})}
      style={{
        height,
        transform: `translateY(${top}px)`,
        paddingInlineStart: 8 + (node.level - 1) * 16,
      }}
      onClick={onPress}
    >
      <RowContent node={node} onQuery={onQuery} />
    </div>
  );
}

function RowContent({ node, onQuery }: Pick<Props, 'node' | 'onQuery'>) {
  switch (node.kind) {
    case 'namespace':
      return (
        <>
          <Chevron open={node.expanded} />
          <NamespaceIcon />
          <span className={classes.name}>{node.namespace.name}</span>
          <span className={classes.detail}>{formatCount(node.namespace.table_count)}</span>
        </>
      );
    case 'table':
      return (
        <>
          <Chevron open={node.expanded} />
          {node.table.kind === 'view' ? <ViewIcon /> : <TableIcon />}
          <span className={classes.name}>{node.table.table}</span>
          <button
            type="button"
            tabIndex={-1}
            className={classes.query}
            title="select * (Enter)"
            aria-label={`Query ${node.table.namespace}.${node.table.table}`}
            onClick={(event) => {
              event.stopPropagation();
              onQuery(node.table);
            }}
          >
            <PlayIcon size={12} />
          </button>
          <Link
            to="/tables/$name"
            params={{ name: node.table.name }}
            tabIndex={-1}
            className={classes.query}
            title="The table’s page (Shift Enter)"
            aria-label={`Page of ${node.table.namespace}.${node.table.table}`}
            onClick={(event) => event.stopPropagation()}
          >
            <PageIcon size={12} />
          </Link>
          {node.table.row_count !== null && (
            <span className={classes.detail}>{formatCount(node.table.row_count)}</span>
          )}
        </>
      );
    case 'column':
      return (
        <>
          <span className={classes.name} title={node.column.comment ?? undefined}>
            {node.column.name}
          </span>
          <span className={classes.type}>{node.column.type}</span>
        </>
      );
    case 'note':
      return <span className={classes.note}>{node.text}</span>;
  }
}

function Chevron({ open }: { open: boolean }) {
  return (
    <span className={classes.chevron} data-open={open || undefined}>
      <ChevronIcon size={12} />
    </span>
  );
}

function label(node: TreeNode): string {
  switch (node.kind) {
    case 'namespace':
      return `${node.namespace.name}, namespace, ${plural(node.namespace.table_count, 'table')}`;
    case 'table':
      return node.table.row_count === null
        ? `${node.table.table}, ${node.table.kind}`
        : `${node.table.table}, table, ${plural(node.table.row_count, 'row')}`;
    case 'column':
      return `${node.column.name}, column, ${node.column.type}`;
    case 'note':
      return node.text;
  }
}
