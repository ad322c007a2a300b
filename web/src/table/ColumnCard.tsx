import type { ColumnProfile } from '../api/tables';
import kit from '../kit/kit.module.css';
import { formatCount } from '../results/figures';
import { Histogram } from './Histogram';
import { percent, shortValue } from './profileFigures';
import classes from './table.module.css';

const TOP_VALUES_SHOWN = 8;

interface Props {
  column: ColumnProfile;
  rows: number;
}

export function ColumnCard({ column, rows }: Props) {
  return (
    <li className={classes.profile}>
      <div className={classes.profileHead}>
        <h2>{column.name}</h2>
        <span className={`${kit.code} ${kit.dim} ${kit.wrap}`}>{column.type}</span>
      </div>
      {column.histogram !== null && column.histogram.length > 0 && (
        <Histogram name={column.name} buckets={column.histogram} />
      )}
      <Facts column={column} rows={rows} />
      {column.top_values.length > 0 && <TopValues column={column} rows={rows} />}
    </li>
  );
}

function Facts({ column, rows }: Props) {
  const { quantiles } = column;
  const facts: [string, string | null][] = [
    ['Nulls', `${formatCount(column.nulls)} (${percent(column.nulls, rows)})`],
    [
      'Distinct',
      column.distinct === null ? null : `about ${formatCount(Math.min(column.distinct, rows))}`,
    ],
    ['Smallest', column.min],
    ['Largest', column.max],
    ['Mean', column.mean === null ? null : shortValue(column.mean)],
    [
      'Quantiles',
      quantiles === null
        ? null
        : (['p05', 'p25', 'p50', 'p75', 'p95'] as const)
            .map((name) => `${Number(name.slice(1))} %: ${shortValue(quantiles[name])}`)
            .join('\n'),
    ],
  ];
  return (
    <dl className={classes.profileFacts}>
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function TopValues({ column, rows }: Props) {
  const values = column.top_values.slice(0, TOP_VALUES_SHOWN);
  const most = Math.max(1, ...values.map(({ count }) => count));
  return (
    <ul className={classes.topValues} aria-label={`Most frequent values of ${column.name}`}>
      {values.map(({ value, count }) => {
        const text = value === '' ? '(empty text)' : shortValue(value);
        return (
          <li key={`${typeof value} ${text}`} className={classes.topValue}>
            <span
              className={classes.topValueBar}
              style={{ width: `${(count / most) * 100}%` }}
              aria-hidden="true"
            />
            <span className={classes.topValueText} title={text}>
              {text}
            </span>
            <span>
              {formatCount(count)} <span className={kit.dim}>{percent(count, rows)}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
