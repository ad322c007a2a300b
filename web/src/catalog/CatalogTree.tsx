import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Table } from '../api/catalog';
import { useNavigate } from '../app/routing';
import classes from './CatalogTree.module.css';
import { quoteIdentifier } from './sqlName';
import { TreeRow } from './TreeRow';
import type { TreeNode } from './tree';
import { treeMove } from './treeKeyboard';

const ROW_HEIGHT_PX = 26;

interface Props {
  nodes: TreeNode[];
  onToggle: (id: string) => void;
  onRetry: (namespace: string) => void;
  onQuery: (table: Table) => void;
  onInsert: (text: string) => void;
}

export function CatalogTree({ nodes, onToggle, onRetry, onQuery, onInsert }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const navigate = useNavigate();
  const [activeId, setActiveId] = useState<string | null>(null);
  const found = nodes.findIndex((node) => node.id === activeId);
  const active = found === -1 ? 0 : found;

  const virtualizer = useVirtualizer({
    count: nodes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: 12,
  });
  const rows = virtualizer.getVirtualItems();

  useEffect(() => {
    if (activeId !== null) {
      virtualizer.scrollToIndex(active);
    }
  }, [virtualizer, activeId, active]);

  function activate(node: TreeNode) {
    switch (node.kind) {
      case 'namespace':
        return onToggle(node.id);
      case 'table':
        return onQuery(node.table);
      case 'column':
        return onInsert(quoteIdentifier(node.column.name));
      case 'note':
        return node.retry === null ? undefined : onRetry(node.retry);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const move = treeMove(nodes, active, event.key);
    const node = nodes[active];
    if (event.shiftKey && event.key === 'Enter' && node?.kind === 'table') {
      event.preventDefault();
      void navigate({ to: '/tables/$name', params: { name: node.table.name } });
      return;
    }
    if (move.kind === 'none' || node === undefined) {
      return;
    }
    event.preventDefault();
    if (move.kind === 'move') {
      setActiveId(nodes[move.to]?.id ?? null);
    } else if (move.kind === 'toggle') {
      setActiveId(node.id);
      onToggle(move.id);
    } else {
      activate(node);
    }
  }

  return (
    <div
      ref={scroller}
      className={classes.tree}
      role="tree"
      aria-label="Catalog"
      tabIndex={0}
      aria-activedescendant={
        rows.some((row) => row.index === active) ? `${prefix}${active}` : undefined
      }
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {rows.map((row) => {
          const node = nodes[row.index];
          return node === undefined ? null : (
            <TreeRow
              key={node.id}
              id={`${prefix}${row.index}`}
              node={node}
              active={row.index === active}
              top={row.start}
              height={ROW_HEIGHT_PX}
              onPress={() => {
                setActiveId(node.id);
                if ('expanded' in node) {
                  onToggle(node.id);
                } else {
                  activate(node);
                }
              }}
              onQuery={onQuery}
            />
          );
        })}
      </div>
    </div>
  );
}
