// Only what the console draws: it is a chunk of its own, fetched with the first chart.
import { BarChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type ECharts, type EChartsCoreOption, init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

use([
  BarChart,
  LineChart,
  PieChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  CanvasRenderer,
  SVGRenderer,
]);

export type { ECharts, EChartsCoreOption };
export { init };

const EXPORT_SCALE = 2;

export interface ChartSize {
  width: number;
  height: number;
}

export function svgOf(option: EChartsCoreOption, size: ChartSize): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

export function pngOf(option: EChartsCoreOption, size: ChartSize): Promise<Blob> {
  const chart = init(document.createElement('div'), null, {
    renderer: 'canvas',
    devicePixelRatio: EXPORT_SCALE,
    ...size,
  });
  chart.setOption(option);
  const canvas = chart.renderToCanvas({ pixelRatio: EXPORT_SCALE });
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      chart.dispose();
      if (blob === null) {
        reject(new Error('The browser could not draw the picture.'));
      } else {
        resolve(blob);
      }
    }, 'image/png');
  });
}
