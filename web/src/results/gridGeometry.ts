export const ROW_HEIGHT_PX = 27;
export const HEADER_HEIGHT_PX = 42;
/** Browsers stop laying out at 17 to 33 million pixels; above this a scrolled pixel stands for several. */
export const MAX_BODY_HEIGHT_PX = 15_000_000;
const OVERSCAN_ROWS = 6;

export interface RowWindow {
  /** Height of the scrolled body in the page. */
  bodyHeight: number;
  first: number;
  /** Exclusive. */
  last: number;
  /** Where the first row lies in the body. */
  top: number;
}

/** Which rows a scroll position shows. All rows have one height, so a million of them cost nothing. */
export function rowWindow(rowCount: number, scrollTop: number, viewHeight: number): RowWindow {
  const contentHeight = rowCount * ROW_HEIGHT_PX;
  const bodyHeight = Math.min(contentHeight, MAX_BODY_HEIGHT_PX);
  const contentTop = scrollTop * scale(contentHeight, bodyHeight, viewHeight);
  const first = Math.max(0, Math.floor(contentTop / ROW_HEIGHT_PX) - OVERSCAN_ROWS);
  const last = Math.min(
    rowCount,
    Math.ceil((contentTop + viewHeight) / ROW_HEIGHT_PX) + OVERSCAN_ROWS,
  );
  return { bodyHeight, first, last, top: scrollTop + first * ROW_HEIGHT_PX - contentTop };
}

/** The scroll position that brings a row into view; the present one when it is there already. */
export function scrollTopFor(
  row: number,
  rowCount: number,
  scrollTop: number,
  viewHeight: number,
): number {
  const contentHeight = rowCount * ROW_HEIGHT_PX;
  const bodyHeight = Math.min(contentHeight, MAX_BODY_HEIGHT_PX);
  const factor = scale(contentHeight, bodyHeight, viewHeight);
  const contentTop = scrollTop * factor;
  const top = row * ROW_HEIGHT_PX;
  const bottom = top + ROW_HEIGHT_PX;
  if (top < contentTop) {
    return top / factor;
  }
  return bottom > contentTop + viewHeight ? (bottom - viewHeight) / factor : scrollTop;
}

function scale(contentHeight: number, bodyHeight: number, viewHeight: number): number {
  return contentHeight === bodyHeight
    ? 1
    : (contentHeight - viewHeight) / Math.max(1, bodyHeight - viewHeight);
}

/** Left edges of the columns, and the right edge of the last one. */
export function columnEdges(widths: number[]): number[] {
  const edges = [0];
  for (const width of widths) {
    edges.push((edges.at(-1) ?? 0) + width);
  }
  return edges;
}

/** Columns between two edges of the view, the last one exclusive. */
export function columnWindow(edges: number[], left: number, right: number): [number, number] {
  const count = edges.length - 1;
  const first = Math.max(0, upperBound(edges, left) - 1);
  const last = Math.min(count, upperBound(edges, right));
  return [Math.min(first, count), Math.max(last, Math.min(first + 1, count))];
}

function upperBound(sorted: number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
