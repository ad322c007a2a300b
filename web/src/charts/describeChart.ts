import { formatCount } from '../results/figures';
import type { ChartChoice, NumberFormat } from './chartChoice';
import { type ChartData, labelOf } from './chartData';

const NAMES = {
  bar: 'Bar chart',
  line: 'Line chart',
  area: 'Area chart',
  scatter: 'Scatter chart',
  pie: 'Pie chart',
  table: 'Table',
} as const;
const DESCRIBED_SERIES = 4;

/** The chart in words, for who does not see it: what it shows, from where to where, the extremes of each series. */
export function describeChart(data: ChartData, choice: ChartChoice): string {
  const first = data.xs[0];
  const last = data.xs.at(-1);
  const span =
    first === undefined || last === undefined
      ? 'without values'
      : `${formatCount(data.xs.length)} values of ${data.xName}, from ${labelOf(first, data.xRole)} to ${labelOf(last, data.xRole)}`;
  const series = data.series.slice(0, DESCRIBED_SERIES).map(({ name, values }) => {
    const numbers = values.filter((value) => value !== null);
    if (numbers.length === 0) {
      return `${name}: no values`;
    }
    const [least, greatest] = extremes(numbers);
    return `${name}: from ${formatNumber(least, choice.format)} to ${formatNumber(greatest, choice.format)}`;
  });
  const more = data.series.length - series.length;
  return [
    `${NAMES[choice.kind]} of ${choice.y.join(', ')} by ${data.xName}: ${span}.`,
    ...series.map((one) => `${one}.`),
    ...(more > 0 ? [`${more} more series.`] : []),
    ...data.notes,
  ].join(' ');
}

function extremes(numbers: number[]): [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const number of numbers) {
    least = Math.min(least, number);
    greatest = Math.max(greatest, number);
  }
  return [least, greatest];
}

const FORMATS: Record<NumberFormat, Intl.NumberFormat> = {
  auto: new Intl.NumberFormat('en-US', { maximumFractionDigits: 4 }),
  plain: new Intl.NumberFormat('en-US', { useGrouping: false, maximumFractionDigits: 10 }),
  compact: new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 }),
  percent: new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 2 }),
};

export function formatNumber(value: number, format: NumberFormat): string {
  return FORMATS[format].format(value);
}

/** On an axis long numbers are shortened. */
export function formatTick(value: number, format: NumberFormat): string {
  return formatNumber(value, format === 'auto' && Math.abs(value) >= 10_000 ? 'compact' : format);
}
