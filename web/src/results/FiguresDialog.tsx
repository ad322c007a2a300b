import { useMemo } from 'react';
import type { StatementResult } from '../api/statements';
import { Dialog } from '../app/Dialog';
import kit from '../kit/kit.module.css';
import { oneLine } from './cell';
import { columnFigures } from './columnFigures';
import { formatCount } from './figures';

interface Props {
  result: StatementResult;
  column: number | null;
  onClose: () => void;
}

const mean = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 8 });

export function FiguresDialog({ result, column, onClose }: Props) {
  const title = column === null ? '' : (result.columns[column]?.name ?? '');
  return (
    <Dialog opened={column !== null} title={`Figures of ${title}`} onClose={onClose}>
      {column !== null && <Figures result={result} column={column} />}
    </Dialog>
  );
}

function Figures({ result, column }: { result: StatementResult; column: number }) {
  const figures = useMemo(() => columnFigures(result, column), [result, column]);
  const lines: [string, string][] = [
    ['Rows', formatCount(figures.rows)],
    ['NULL', formatCount(figures.nulls)],
    ['Distinct', formatCount(figures.distinct)],
    ['Smallest', oneLine(figures.least ?? '–')],
    ['Largest', oneLine(figures.greatest ?? '–')],
    ...(figures.mean === null ? [] : [['Mean', mean.format(figures.mean)] as [string, string]]),
    ...(figures.median === null
      ? []
      : [['Median', mean.format(figures.median)] as [string, string]]),
  ];
  return (
    <div className={kit.stack}>
      <table className={kit.table}>
        <tbody>
          {lines.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={kit.wrap}>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className={kit.table}>
        <thead>
          <tr>
            <th scope="col">Most frequent</th>
            <th scope="col" className={kit.number}>
              Rows
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.frequent.map(({ value, count }) => (
            <tr key={value}>
              <td className={kit.wrap}>{oneLine(value)}</td>
              <td className={kit.number}>{formatCount(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={kit.hint}>Of the rows of this result.</p>
    </div>
  );
}
