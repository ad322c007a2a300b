import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import type { UsageRow } from '../api/usage';
import type { ChartChoice } from '../charts/chartChoice';
import { chartOption } from '../charts/chartOption';
import { Drawing, pageColors } from '../charts/Drawing';
import { describeChart } from '../charts/describeChart';
import classes from './usage.module.css';
import { type Grouping, type Measure, usageChart } from './usageView';

interface Props {
  rows: UsageRow[];
  by: Grouping;
  measure: Measure;
}

export function UsageChart({ rows, by, measure }: Props) {
  const scheme = useComputedColorScheme('light');
  const data = useMemo(() => usageChart(rows, by, measure), [rows, by, measure]);
  const choice: ChartChoice = useMemo(
    () => ({
      kind: 'bar',
      x: by,
      y: [data.series[0]?.name ?? measure],
      series: null,
      stack: false,
      sort: 'none',
      top: null,
      format: 'auto',
    }),
    [by, measure, data],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read anew with the scheme
  const option = useMemo(() => chartOption(data, choice, pageColors()), [data, choice, scheme]);
  return (
    <div className={classes.chart}>
      <Drawing renderer="svg" option={option} description={describeChart(data, choice)} />
    </div>
  );
}
