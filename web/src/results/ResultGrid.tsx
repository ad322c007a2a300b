import {
  type ClipboardEvent,
  type FocusEvent,
  type KeyboardEvent,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { StatementResult } from '../api/statements';
import { CellDialog } from './CellDialog';
import { cellAt } from './cell';
import { columnWidths } from './columnWidths';
import { GridHeader } from './GridHeader';
import { GridRow } from './GridRow';
import {
  columnEdges,
  columnWindow,
  HEADER_HEIGHT_PX,
  ROW_HEIGHT_PX,
  rowWindow,
  scrollTopFor,
} from './gridGeometry';
import { type GridCell, moveCell } from './gridNavigation';
import classes from './ResultGrid.module.css';
import { type RowOrder, rowAt, type Sorting } from './sortRows';
import { useViewport } from './useViewport';

const GUTTER_CHARACTER_PX = 7.5;

/** Draws the rows and columns in view. The grid holds the focus, `aria-activedescendant` names the cell. */
interface Props {
  result: StatementResult;
  order: RowOrder;
  sorting: Sorting | null;
  /** A cell that was found, and the text by which. */
  found: GridCell | null;
  sought: string;
  onSort: (column: number) => void;
  onFigures: (column: number) => void;
  onFind: () => void;
}

export function ResultGrid(props: Props) {
  const { result, order, sorting, found, sought, onSort, onFigures, onFind } = props;
  const { columns, rows, marker } = result;
  const scroller = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const viewport = useViewport(scroller);
  const [widths, setWidths] = useState(() => columnWidths(result));
  const [active, setActive] = useState<GridCell>({ row: 0, column: 0 });
  const [opened, setOpened] = useState(false);
  const [copied, setCopied] = useState('');

  const edges = useMemo(() => columnEdges(widths), [widths]);
  const gutter = Math.ceil(String(rows.length).length * GUTTER_CHARACTER_PX) + 22;
  const viewHeight = Math.max(0, viewport.height - HEADER_HEIGHT_PX);
  const window = rowWindow(rows.length, viewport.top, viewHeight);
  const columnRange = columnWindow(edges, viewport.left, viewport.left + viewport.width - gutter);
  const width = gutter + (edges.at(-1) ?? 0);
  const shown =
    active.row >= window.first &&
    active.row < window.last &&
    active.column >= columnRange[0] &&
    active.column < columnRange[1];

  function moveTo(cell: GridCell) {
    setActive(cell);
    const element = scroller.current;
    if (element === null) {
      return;
    }
    element.scrollTop = scrollTopFor(cell.row, rows.length, element.scrollTop, viewHeight);
    const left = edges[cell.column] ?? 0;
    const right = edges[cell.column + 1] ?? left;
    const visible = element.clientWidth - gutter;
    if (left < element.scrollLeft) {
      element.scrollLeft = left;
    } else if (right > element.scrollLeft + visible) {
      element.scrollLeft = Math.min(left, right - visible);
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: a cell is gone to when it is found, not when the view changes
  useEffect(() => {
    if (found !== null) {
      moveTo(found);
    }
  }, [found]);

  function onKeyDown(event: KeyboardEvent) {
    if (opened || event.altKey) {
      return;
    }
    const acted = columnAction(event, { onSort, onFigures, onFind }, active.column);
    if (acted) {
      event.preventDefault();
      return;
    }
    if (event.key === 'Enter' && rows.length > 0) {
      event.preventDefault();
      setOpened(true);
      return;
    }
    const page = Math.max(1, Math.floor(viewHeight / ROW_HEIGHT_PX) - 1);
    const control = event.ctrlKey || event.metaKey;
    const next = moveCell(active, event.key, control, {
      rows: rows.length,
      columns: columns.length,
      page,
    });
    if (next !== null && rows.length > 0) {
      event.preventDefault();
      moveTo(next);
    }
  }

  function onCopy(event: ClipboardEvent) {
    if (globalThis.getSelection()?.isCollapsed === false || rows.length === 0) {
      // Text of the grid was marked with the pointer: that is what is meant.
      return;
    }
    const cell = cellAt(rows, columns, marker, rowAt(order, active.row), active.column);
    event.clipboardData.setData('text/plain', cell.kind === 'null' ? '' : cell.text);
    event.preventDefault();
    setCopied(`Copied ${columns[active.column]?.name ?? ''} of row ${active.row + 1}.`);
  }

  const indexes = Array.from({ length: window.last - window.first }, (_, at) => window.first + at);
  return (
    <>
      <div
        ref={scroller}
        className={classes.grid}
        role="grid"
        aria-label="Result"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={shown ? `${prefix}${active.row}-${active.column}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={dropSelectionElsewhere}
        onCopy={onCopy}
      >
        <GridHeader
          columns={columns}
          range={columnRange}
          edges={edges}
          gutter={gutter}
          width={width}
          sorting={sorting}
          onSort={onSort}
          onFigures={onFigures}
          onResize={(column, next) =>
            setWidths((before) => before.map((old, index) => (index === column ? next : old)))
          }
        />
        <div role="rowgroup" className={classes.body} style={{ height: window.bodyHeight, width }}>
          {indexes.map((row) => (
            <GridRow
              key={row}
              prefix={prefix}
              row={row}
              values={rows[rowAt(order, row)] ?? []}
              sought={sought}
              columns={columns}
              marker={marker}
              range={columnRange}
              edges={edges}
              gutter={gutter}
              top={window.top + (row - window.first) * ROW_HEIGHT_PX}
              activeColumn={active.row === row ? active.column : null}
              onPress={(column) => setActive({ row, column })}
              onOpen={() => setOpened(true)}
            />
          ))}
        </div>
      </div>
      <span className={classes.announcement} role="status">
        {copied}
      </span>
      <CellDialog
        opened={opened}
        title={columns[active.column]?.name ?? ''}
        value={rows[rowAt(order, active.row)]?.[active.column]}
        type={columns[active.column]?.type ?? ''}
        marker={marker}
        onClose={() => setOpened(false)}
      />
    </>
  );
}

/** A selection left in the editor would be copied instead of the cell; the editor remembers its own. */
function dropSelectionElsewhere({ currentTarget }: FocusEvent) {
  const selection = globalThis.getSelection();
  if (selection !== null && !currentTarget.contains(selection.anchorNode)) {
    selection.removeAllRanges();
  }
}

interface ColumnActions {
  onSort: (column: number) => void;
  onFigures: (column: number) => void;
  onFind: () => void;
}

/** What a key does with the column of the active cell; false when it is no such key. */
function columnAction(event: KeyboardEvent, actions: ColumnActions, column: number): boolean {
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if ((control && key === 'f') || (!control && key === '/')) {
    actions.onFind();
    return true;
  }
  if (control || (key !== 's' && key !== 'i')) {
    return false;
  }
  if (key === 's') {
    actions.onSort(column);
  } else {
    actions.onFigures(column);
  }
  return true;
}
