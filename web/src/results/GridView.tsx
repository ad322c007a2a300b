import { useEffect, useMemo, useState } from 'react';
import type { StatementResult } from '../api/statements';
import { FiguresDialog } from './FiguresDialog';
import { FindBar } from './FindBar';
import type { GridCell } from './gridNavigation';
import { ResultGrid } from './ResultGrid';
import classes from './ResultPanel.module.css';
import { nextSorting, type RowOrder, type Sorting, sortedRows } from './sortRows';

interface Props {
  result: StatementResult;
  /** Where a button of the page opens the search; else the grid keeps it to itself. */
  find?: { open: boolean; onOpen: (open: boolean) => void };
  /** The order in which rows are shown, for who copies them. */
  onOrder?: (order: RowOrder) => void;
}

/** The grid with what one does to it: sort, find, look at a column. */
export function GridView({ result, find, onOrder }: Props) {
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [figures, setFigures] = useState<number | null>(null);
  const [found, setFound] = useState<GridCell | null>(null);
  const [sought, setSought] = useState('');
  const order = useMemo(() => sortedRows(result, sorting), [result, sorting]);
  const [findingHere, setFindingHere] = useState(false);
  const finding = find?.open ?? findingHere;
  const onFinding = find?.onOpen ?? setFindingHere;
  useEffect(() => onOrder?.(order), [order, onOrder]);

  return (
    <div className={classes.gridView}>
      {finding && (
        <FindBar
          result={result}
          order={order}
          onFound={setFound}
          onSought={setSought}
          onClose={() => onFinding(false)}
        />
      )}
      <ResultGrid
        result={result}
        order={order}
        sorting={sorting}
        found={found}
        sought={finding ? sought.toLowerCase() : ''}
        onSort={(column) => setSorting((before) => nextSorting(before, column))}
        onFigures={setFigures}
        onFind={() => onFinding(true)}
      />
      <FiguresDialog result={result} column={figures} onClose={() => setFigures(null)} />
    </div>
  );
}
