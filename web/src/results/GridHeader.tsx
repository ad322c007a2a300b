import type { PointerEvent } from 'react';
import type { ResultColumn } from '../api/statements';
import { isNumeric } from './cell';
import { MIN_WIDTH_PX } from './columnWidths';
import { HEADER_HEIGHT_PX } from './gridGeometry';
import classes from './ResultGrid.module.css';
import type { Sorting } from './sortRows';

interface Props {
  columns: ResultColumn[];
  range: [number, number];
  edges: number[];
  gutter: number;
  width: number;
  sorting: Sorting | null;
  onSort: (column: number) => void;
  onFigures: (column: number) => void;
  onResize: (column: number, width: number) => void;
}

export function GridHeader(props: Props) {
  const { columns, range, edges, gutter, width, sorting, onSort, onFigures, onResize } = props;
  const [first, last] = range;
  return (
    <div role="rowgroup" className={classes.header} style={{ width, height: HEADER_HEIGHT_PX }}>
      <div role="row" aria-rowindex={1}>
        <div
          role="columnheader"
          aria-colindex={1}
          className={classes.gutter}
          style={{ width: gutter, height: HEADER_HEIGHT_PX, lineHeight: `${HEADER_HEIGHT_PX}px` }}
        >
          #
        </div>
        {columns.slice(first, last).map((column, at) => {
          const index = first + at;
          const left = edges[index] ?? 0;
          const size = (edges[index + 1] ?? left) - left;
          return (
            <div
              key={index}
              role="columnheader"
              aria-colindex={index + 2}
              className={classes.heading}
              data-numeric={isNumeric(column.type) || undefined}
              style={{ left: gutter + left, width: size }}
              aria-sort={sortWord(sorting, index)}
              title={`${column.name} ${column.type}`}
            >
              <button
                type="button"
                tabIndex={-1}
                className={classes.sort}
                title="Sort (S)"
                aria-label={`Sort by ${column.name}`}
                onClick={() => onSort(index)}
              >
                <span className={classes.columnName}>
                  {column.name}
                  {sorting?.column === index && (sorting.descending ? ' ↓' : ' ↑')}
                </span>
                <span className={classes.columnType}>{column.type}</span>
              </button>
              <button
                type="button"
                tabIndex={-1}
                className={classes.figures}
                title="Figures of the column (I)"
                aria-label={`Figures of ${column.name}`}
                onClick={() => onFigures(index)}
              >
                Σ
              </button>
              <ResizeHandle width={size} onResize={(next) => onResize(index, next)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function sortWord(sorting: Sorting | null, column: number): 'ascending' | 'descending' | 'none' {
  if (sorting?.column !== column) {
    return 'none';
  }
  return sorting.descending ? 'descending' : 'ascending';
}

interface HandleProps {
  width: number;
  onResize: (width: number) => void;
}

function ResizeHandle({ width, onResize }: HandleProps) {
  function onPointerDown(event: PointerEvent<HTMLSpanElement>) {
    event.preventDefault();
    const handle = event.currentTarget;
    const start = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) =>
      onResize(Math.max(MIN_WIDTH_PX, width + moved.clientX - start));
    handle.addEventListener('pointermove', move);
    handle.addEventListener(
      'lostpointercapture',
      () => handle.removeEventListener('pointermove', move),
      { once: true },
    );
  }
  return <span aria-hidden="true" className={classes.handle} onPointerDown={onPointerDown} />;
}
