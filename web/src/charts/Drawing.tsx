import { useEffect, useRef } from 'react';
import classes from './chart.module.css';
import type { ChartColors, chartOption } from './chartOption';
import { type ECharts, init } from './echarts';

interface DrawingProps {
  renderer: 'canvas' | 'svg';
  option: ReturnType<typeof chartOption>;
  description: string;
}

/** What ECharts draws, in its place and as large as that; in words for who does not see it. */
export function Drawing({ renderer, option, description }: DrawingProps) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);

  useEffect(() => {
    const element = host.current;
    if (element === null) {
      return;
    }
    const drawn = init(element, null, { renderer });
    chart.current = drawn;
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.dispose();
      chart.current = null;
    };
  }, [renderer]);

  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);

  return (
    <div className={classes.drawing} role="img" aria-label={description}>
      <div ref={host} className={classes.host} aria-hidden="true" />
    </div>
  );
}

/** As the page has them now. */
export function pageColors(): ChartColors {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(`--tarn-${name}`).trim();
  return {
    text: color('text'),
    dim: color('text-dim'),
    line: color('border'),
    surface: color('surface'),
    font: getComputedStyle(document.body).fontFamily,
  };
}
