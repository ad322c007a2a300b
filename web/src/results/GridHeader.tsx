import type { PointerEvent } from 'react';
import type { ResultColumn } from '../api/statements';
import { isNumeric } from './cell';
import { MIN_WIDTH_PX } from './columnWidths';
import { HEADER_HEIGHT_PX } from './gridGeometry';
import classes from './ResultGrid.module.css';

interface Props {
  columns: ResultColumn[];
  range: [number, number];
  edges: number[];
  gutter: number;
  width: number;
  onResize: (column: number, width: number) => void;
}

export function GridHeader({ columns, range, edges, gutter, width, onResize }: Props) {
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
              title={`${column.name} ${column.type}`}
            >
              <span className={classes.columnName}>{column.name}</span>
              <span className={classes.columnType}>{column.type}</span>
              <ResizeHandle width={size} onResize={(next) => onResize(index, next)} />
            </div>
          );
        })}
      </div>
    </div>
  );
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
