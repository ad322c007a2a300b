import { useMemo } from 'react';
import type { Preview } from '../api/loads';
import type { StatementResult } from '../api/statements';
import { GridView } from '../results/GridView';
import { HEADER_HEIGHT_PX, ROW_HEIGHT_PX } from '../results/gridGeometry';
import type { ColumnEdit } from './columnChoices';
import classes from './load.module.css';

const SCROLLBAR_PX = 18;

interface Props {
  preview: Preview;
  columns: ColumnEdit[];
  stale: boolean;
}

/** The first rows as the table would hold them. */
export function PreviewRows({ preview, columns, stale }: Props) {
  const result = useMemo(() => previewResult(preview, columns), [preview, columns]);
  return (
    <div
      className={classes.rows}
      data-stale={stale || undefined}
      style={{ height: HEADER_HEIGHT_PX + result.rows.length * ROW_HEIGHT_PX + SCROLLBAR_PX }}
    >
      <GridView key={result.id} result={result} />
    </div>
  );
}

function previewResult(preview: Preview, columns: ColumnEdit[]): StatementResult {
  const taken = columns.flatMap(({ included }, index) => (included ? [index] : []));
  const shown = taken.map((index) => ({
    name: columns[index]?.name ?? '',
    type: preview.columns[index]?.type ?? columns[index]?.type ?? '',
  }));
  const rows = preview.rows.map((row) => taken.map((index) => row[index]));
  return {
    // Other columns are another grid: it has widths of its own.
    id: JSON.stringify(shown),
    status: 'completed',
    columns: shown,
    rows,
    row_count: rows.length,
    elapsed_ms: 0,
    bytes_scanned: 0,
    marker: preview.marker,
  };
}
