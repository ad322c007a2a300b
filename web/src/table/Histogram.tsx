import type { Bucket } from '../api/tables';
import { histogramBars, shortValue } from './profileFigures';
import classes from './table.module.css';

const WIDTH = 100;
const HEIGHT = 36;

export function Histogram({ name, buckets }: { name: string; buckets: Bucket[] }) {
  const first = buckets[0]?.from;
  const last = buckets.at(-1)?.to;
  return (
    <div>
      <svg
        className={classes.histogram}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Histogram of ${name}, from ${shortValue(first)} to ${shortValue(last)}`}
      >
        {histogramBars(buckets, WIDTH, HEIGHT).map(({ title, ...bar }) => (
          <rect key={title + bar.x} {...bar}>
            <title>{title}</title>
          </rect>
        ))}
      </svg>
      <div className={classes.histogramEnds}>
        <span>{shortValue(first)}</span>
        <span>{shortValue(last)}</span>
      </div>
    </div>
  );
}
