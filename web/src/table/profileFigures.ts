import type { Bucket } from '../api/tables';

export interface Bar {
  x: number;
  width: number;
  y: number;
  height: number;
  title: string;
}

const GAP = 0.6;

/** Bars in a box of the given size; a bucket that holds anything is at least one unit high. */
export function histogramBars(buckets: Bucket[], width: number, height: number): Bar[] {
  const most = Math.max(1, ...buckets.map(({ count }) => count));
  const step = width / Math.max(1, buckets.length);
  return buckets.map(({ from, to, count }, index) => {
    const tall = count === 0 ? 0 : Math.max(1, (count / most) * height);
    return {
      x: index * step,
      width: Math.max(0.5, step - GAP),
      y: height - tall,
      height: tall,
      title: `${shortValue(from)} to ${shortValue(to)}: ${count.toLocaleString('en-US')}`,
    };
  });
}

const DIGITS = 6;

/** A figure with as many digits as a glance takes in; texts as they are. */
export function shortValue(value: unknown): string {
  if (value === null || value === undefined) {
    return '–';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value)
      ? value.toLocaleString('en-US')
      : value.toLocaleString('en-US', { maximumSignificantDigits: DIGITS });
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function percent(part: number, whole: number): string {
  if (whole === 0 || part === 0) {
    return '0 %';
  }
  const value = (part / whole) * 100;
  if (value < 0.1) {
    return '< 0.1 %';
  }
  return value > 99.9 && part < whole ? '> 99.9 %' : `${Number(value.toFixed(1))} %`;
}
