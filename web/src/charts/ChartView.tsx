import { useComputedColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { StatementResult } from '../api/statements';
import { Menu } from '../kit/Menu';
import { saveFile } from '../results/saveFile';
import { ChartForm } from './ChartForm';
import { ChartTable } from './ChartTable';
import classes from './chart.module.css';
import { type ChartChoice, fittingChoice } from './chartChoice';
import { chartData } from './chartData';
import { chartOption } from './chartOption';
import { Drawing, pageColors } from './Drawing';
import { describeChart } from './describeChart';
import { pngOf, svgOf } from './echarts';

const SVG_POINTS = 2_000;

interface Props {
  result: StatementResult;
  kept: ChartChoice | null;
  title: string;
  onChange: (choice: ChartChoice) => void;
}

export function ChartView({ result, kept, title, onChange }: Props) {
  const choice = useMemo(() => fittingChoice(kept, result.columns), [kept, result]);
  if (choice === null || result.rows.length === 0) {
    return (
      <p className={classes.empty}>
        {choice === null
          ? 'A chart needs a column of numbers: add one, for example count(*).'
          : 'The result has no rows to draw.'}
      </p>
    );
  }
  return <Chart result={result} choice={choice} title={title} onChange={onChange} />;
}

function Chart(props: Omit<Props, 'kept'> & { choice: ChartChoice }) {
  const { result, choice, title, onChange } = props;
  const scheme = useComputedColorScheme('light');
  const data = useMemo(() => chartData(result, choice), [result, choice]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read anew with the scheme
  const option = useMemo(() => chartOption(data, choice, pageColors()), [data, choice, scheme]);
  const [problem, setProblem] = useState('');
  const description = describeChart(data, choice);
  const points = data.xs.length * data.series.length;

  async function save(kind: 'png' | 'svg', size: { width: number; height: number }) {
    setProblem('');
    try {
      const blob =
        kind === 'png'
          ? await pngOf(option, size)
          : new Blob([svgOf(option, size)], { type: 'image/svg+xml' });
      saveFile(blob, `${title}.${kind}`);
    } catch (failure) {
      setProblem(String(failure));
    }
  }

  const size = { width: 1200, height: 675 };
  return (
    <div className={classes.chart}>
      <ChartForm columns={result.columns} choice={choice} onChange={onChange}>
        {choice.kind !== 'table' && (
          <Menu
            label="Picture"
            items={[
              { label: 'PNG', onSelect: () => void save('png', size) },
              { label: 'SVG', onSelect: () => void save('svg', size) },
            ]}
          />
        )}
      </ChartForm>
      {(data.notes.length > 0 || problem !== '') && (
        <p className={classes.notes} role="status">
          {problem === '' ? data.notes.join(' ') : problem}
        </p>
      )}
      {choice.kind === 'table' ? (
        <ChartTable data={data} format={choice.format} />
      ) : (
        <>
          <Drawing
            key={points > SVG_POINTS ? 'canvas' : 'svg'}
            renderer={points > SVG_POINTS ? 'canvas' : 'svg'}
            option={option}
            description={description}
          />
          <details className={classes.values}>
            <summary>Values of the chart</summary>
            <ChartTable data={data} format={choice.format} />
          </details>
        </>
      )}
    </div>
  );
}
