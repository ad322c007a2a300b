import type { EChartsCoreOption } from 'echarts/core';
import type { ChartChoice } from './chartChoice';
import { type ChartData, labelOf } from './chartData';
import { formatNumber, formatTick } from './describeChart';

export interface ChartColors {
  text: string;
  dim: string;
  line: string;
  surface: string;
  font: string;
}

/** Told apart by lightness as well as by hue; each 3:1 or more against both surfaces. */
const PALETTE = [
  '#178a92',
  '#c4641a',
  '#7a5bd0',
  '#b8457f',
  '#3f7fd1',
  '#5f8a1f',
  '#a3782a',
  '#64748b',
  '#c2504a',
  '#2f8f5b',
];
const LARGE_POINTS = 5_000;
const SYMBOLS_UP_TO = 60;
const SCROLLED_LEGEND = 2;

export function chartOption(
  data: ChartData,
  choice: ChartChoice,
  colors: ChartColors,
): EChartsCoreOption {
  const base = {
    animation: false,
    useUTC: true,
    color: PALETTE,
    backgroundColor: colors.surface,
    textStyle: { color: colors.text, fontFamily: colors.font },
    legend: {
      show: data.series.length >= SCROLLED_LEGEND || choice.kind === 'pie',
      type: 'scroll',
      top: 8,
      textStyle: { color: colors.text },
      pageTextStyle: { color: colors.text },
    },
    tooltip: {
      trigger: choice.kind === 'pie' || choice.kind === 'scatter' ? 'item' : 'axis',
      confine: true,
      backgroundColor: colors.surface,
      borderColor: colors.line,
      textStyle: { color: colors.text },
      valueFormatter: (value: unknown) =>
        typeof value === 'number' ? formatNumber(value, choice.format) : '–',
    },
  };
  return choice.kind === 'pie'
    ? { ...base, series: [pie(data, colors)] }
    : { ...base, ...axes(data, choice, colors), series: seriesOf(data, choice) };
}

function pie(data: ChartData, colors: ChartColors): object {
  const values = data.series[0]?.values ?? [];
  return {
    type: 'pie',
    name: data.series[0]?.name ?? '',
    radius: ['0%', '68%'],
    top: 30,
    label: { color: colors.text, formatter: '{b}: {d} %' },
    // A slice has no negative size.
    data: data.xs.map((x, at) => ({
      name: labelOf(x, data.xRole),
      value: Math.max(0, values[at] ?? 0),
    })),
  };
}

function axes(data: ChartData, choice: ChartChoice, colors: ChartColors): object {
  const line = { lineStyle: { color: colors.line } };
  const byCategory = categorical(data, choice);
  return {
    grid: {
      top: data.series.length >= SCROLLED_LEGEND ? 44 : 24,
      left: 12,
      right: 24,
      bottom: 28,
      containLabel: true,
    },
    xAxis: {
      type: byCategory ? 'category' : data.xRole === 'time' ? 'time' : 'value',
      name: data.xName,
      nameLocation: 'middle',
      nameGap: 30,
      nameTextStyle: { color: colors.dim },
      axisLine: line,
      axisLabel: { color: colors.dim, hideOverlap: true },
      splitLine: { show: false },
      scale: true,
      ...(byCategory ? { data: data.xs.map((x) => labelOf(x, data.xRole)) } : {}),
    },
    yAxis: {
      type: 'value',
      name: choice.y.length === 1 ? choice.y[0] : '',
      nameTextStyle: { color: colors.dim, align: 'left' },
      axisLabel: {
        color: colors.dim,
        formatter: (value: number) => formatTick(value, choice.format),
      },
      splitLine: line,
      scale: choice.kind === 'scatter' || choice.kind === 'line',
    },
  };
}

/** Bars stand beside each other by name; lines and points lie where their time or number is. */
function categorical(data: ChartData, { kind }: ChartChoice): boolean {
  return data.xRole === 'category' || kind === 'bar';
}

function seriesOf(data: ChartData, choice: ChartChoice): object[] {
  const byCategory = categorical(data, choice);
  return data.series.map(({ name, values }) => ({
    name,
    type: choice.kind === 'area' ? 'line' : choice.kind,
    data: byCategory
      ? values
      : values.flatMap((value, at) =>
          value === null && choice.kind === 'scatter' ? [] : [[data.xs[at], value]],
        ),
    ...(choice.stack && (choice.kind === 'bar' || choice.kind === 'area') ? { stack: 'all' } : {}),
    ...(choice.kind === 'area' ? { areaStyle: { opacity: 0.35 } } : {}),
    ...(choice.kind === 'line' || choice.kind === 'area'
      ? { showSymbol: values.length <= SYMBOLS_UP_TO, sampling: 'lttb' }
      : {}),
    ...(choice.kind === 'scatter' ? { symbolSize: 6, large: values.length > LARGE_POINTS } : {}),
    ...(choice.kind === 'bar' ? { barMaxWidth: 64, large: values.length > LARGE_POINTS } : {}),
  }));
}
