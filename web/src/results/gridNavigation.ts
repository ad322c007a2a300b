export interface GridCell {
  row: number;
  column: number;
}

export interface GridSize {
  rows: number;
  columns: number;
  /** Rows of one page. */
  page: number;
}

/** Where a key moves the active cell, after the ARIA practices for grids; null when it is no such key. */
export function moveCell(
  cell: GridCell,
  key: string,
  control: boolean,
  size: GridSize,
): GridCell | null {
  const { row, column } = cell;
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  switch (key) {
    case 'ArrowDown':
      return { row: Math.min(control ? lastRow : row + 1, lastRow), column };
    case 'ArrowUp':
      return { row: control ? 0 : Math.max(row - 1, 0), column };
    case 'ArrowRight':
      return { row, column: Math.min(control ? lastColumn : column + 1, lastColumn) };
    case 'ArrowLeft':
      return { row, column: control ? 0 : Math.max(column - 1, 0) };
    case 'PageDown':
      return { row: Math.min(row + size.page, lastRow), column };
    case 'PageUp':
      return { row: Math.max(row - size.page, 0), column };
    case 'Home':
      return { row: control ? 0 : row, column: 0 };
    case 'End':
      return { row: control ? lastRow : row, column: lastColumn };
    default:
      return null;
  }
}
