/** echarts, taken in part by part: bars, dots, a calendar, and patterns beside colours. */
import { BarChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, CalendarComponent, GridComponent, LegendComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, ScatterChart, AriaComponent, CalendarComponent, GridComponent, LegendComponent, SVGRenderer]);

/** The colours of the theme, by the names of its tokens. */
export interface Ink {
  ink: string;
  soft: string;
  line: string;
  paper: string;
  sheet: string;
  seal: string;
  /** For several series, in order; each goes with a pattern. */
  series: string[];
}

/** What is drawn, in the colours of the theme. */
export type Draw = (ink: Ink) => EChartsCoreOption;

export function inkOf(root: HTMLElement): Ink {
  const style = getComputedStyle(root);
  const token = (name: string) => style.getPropertyValue(name).trim() || 'currentColor';
  return {
    ink: token('--ink'),
    soft: token('--ink-soft'),
    line: token('--line'),
    paper: token('--paper'),
    sheet: token('--sheet'),
    seal: token('--seal'),
    series: ['--seal', '--info', '--valid', '--warn', '--line-strong', '--ink'].map(token),
  };
}

/** The drawing as an element without `style` attributes in its markup. */
export function drawn(option: EChartsCoreOption, width: number, height: number): Element {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ animation: false, ...option });
  const text = chart.renderToSVGString();
  chart.dispose();
  return styled(text);
}

/** Reads the text with its styles put aside, and sets them where the policy allows it. */
export function styled(text: string): Element {
  const aside = text.replace(/<style[\s\S]*?<\/style>/g, '').replace(/ style="/g, ' data-style="');
  const read = new DOMParser().parseFromString(aside, 'image/svg+xml').documentElement;
  const svg = document.importNode(read, true);
  for (const element of [svg, ...svg.querySelectorAll('[data-style]')]) {
    const style = element.getAttribute('data-style');
    element.removeAttribute('data-style');
    if (style) (element as SVGElement).style.cssText = style;
  }
  return svg;
}
