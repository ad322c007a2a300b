import kit from '../kit/kit.module.css';
import { ScrollTable } from '../kit/ScrollTable';
import { formatCount } from '../results/figures';
import classes from './chart.module.css';
import type { NumberFormat } from './chartChoice';
import { type ChartData, labelOf } from './chartData';
import { formatNumber } from './describeChart';

const ROWS_SHOWN = 500;

/** The numbers behind the drawing. */
export function ChartTable({ data, format }: { data: ChartData; format: NumberFormat }) {
  const { xs, series, xName, xRole } = data;
  return (
    <ScrollTable
      label="Values"
      className={classes.table}
      head={
        <>
          <th scope="col">{xName}</th>
          {series.map(({ name }) => (
            <th key={name} scope="col" className={kit.number}>
              {name}
            </th>
          ))}
        </>
      }
      below={
        xs.length > ROWS_SHOWN && (
          <p className={classes.notes}>
            The first {ROWS_SHOWN} of {formatCount(xs.length)}; the grid has every row.
          </p>
        )
      }
    >
      {xs.slice(0, ROWS_SHOWN).map((x, at) => (
        <tr key={`${String(x)} ${series[0]?.values[at]}`}>
          <th scope="row">{labelOf(x, xRole)}</th>
          {series.map(({ name, values }) => {
            const value = values[at];
            return (
              <td key={name} className={kit.number}>
                {value == null ? '–' : formatNumber(value, format)}
              </td>
            );
          })}
        </tr>
      ))}
    </ScrollTable>
  );
}
