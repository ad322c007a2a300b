import { memo } from 'react';
import type { ResultColumn } from '../api/statements';
import { formatCell, isNumeric, oneLine } from './cell';
import { ROW_HEIGHT_PX } from './gridGeometry';
import classes from './ResultGrid.module.css';

interface Props {
  prefix: string;
  row: number;
  values: unknown[];
  columns: ResultColumn[];
  marker: string | null;
  range: [number, number];
  edges: number[];
  gutter: number;
  top: number;
  activeColumn: number | null;
  /** What is looked for; cells that hold it are marked. */
  sought: string;
  onPress: (column: number) => void;
  onOpen: () => void;
}

export const GridRow = memo(GridRowContent, unchanged);

function GridRowContent(props: Props) {
  const { prefix, row, values, columns, marker, edges, gutter, activeColumn, sought } = props;
  const [first, last] = props.range;
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className={classes.row}
      data-odd={row % 2 === 1 || undefined}
      style={{ height: ROW_HEIGHT_PX, transform: `translateY(${props.top}px)` }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className={classes.gutter}
        style={{ width: gutter, height: ROW_HEIGHT_PX }}
      >
        {row + 1}
      </div>
      {columns.slice(first, last).map((column, at) => {
        const index = first + at;
        const left = edges[index] ?? 0;
        const cell = formatCell(values[index], column.type, marker);
        return (
          <div
            key={index}
            id={`${prefix}${row}-${index}`}
            role="gridcell"
            aria-colindex={index + 2}
            aria-selected={activeColumn === index}
            className={classes.cell}
            data-kind={cell.kind}
            data-numeric={isNumeric(column.type) || undefined}
            data-active={activeColumn === index || undefined}
            data-found={(sought !== '' && cell.text.toLowerCase().includes(sought)) || undefined}
            style={{ left: gutter + left, width: (edges[index + 1] ?? left) - left }}
            onClick={() => props.onPress(index)}
            onDoubleClick={props.onOpen}
          >
            {oneLine(cell.text)}
          </div>
        );
      })}
    </div>
  );
}

/** The handlers close over the row alone, which the other properties tell apart. */
function unchanged(before: Props, after: Props): boolean {
  return (
    before.row === after.row &&
    before.values === after.values &&
    before.top === after.top &&
    before.activeColumn === after.activeColumn &&
    before.sought === after.sought &&
    before.edges === after.edges &&
    before.gutter === after.gutter &&
    before.range[0] === after.range[0] &&
    before.range[1] === after.range[1]
  );
}
