/** What is drawn: a strip of days, and bars by recipient and month. */
import type { Draw } from '../../kit/plot';
import { locale } from '../../i18n/index.svelte';
import type { Months } from './figures';

/** The last six months day by day: a larger, darker seal for a day with more uses. */
export function dayStrip(days: Map<string, number>, today: string): Draw {
  const first = monthsBefore(today, 6);
  const within = [...days].filter(([day]) => day >= first && day <= today);
  const most = Math.max(1, ...within.map(([, count]) => count));
  return (ink) => ({
    calendar: {
      range: [first, today],
      left: 44,
      right: 8,
      top: 28,
      cellSize: ['auto', 18],
      splitLine: { lineStyle: { color: ink.soft, width: 1 } },
      itemStyle: { color: ink.sheet, borderColor: ink.line, borderWidth: 1 },
      dayLabel: { firstDay: 1, nameMap: weekdays(), color: ink.soft, fontSize: 12 },
      monthLabel: { nameMap: monthNames(), color: ink.soft, fontSize: 12 },
      yearLabel: { show: false },
    },
    series: {
      type: 'scatter',
      coordinateSystem: 'calendar',
      symbol: 'roundRect',
      symbolSize: (value: [string, number]) => 7 + 8 * (value[1] / most),
      itemStyle: { color: ink.seal, opacity: 1 },
      emphasis: { disabled: true },
      data: within,
    },
  });
}

/** Bars upon each other, each recipient with a colour and a pattern. */
export function monthBars(months: Months, others: string): Draw {
  return (ink) => ({
    color: ink.series,
    aria: { enabled: true, decal: { show: true, decals: patterns(ink.paper) } },
    grid: { left: 36, right: 8, top: 8, bottom: 64, containLabel: false },
    legend: {
      bottom: 0,
      type: 'plain',
      icon: 'rect',
      itemWidth: 20,
      textStyle: { color: ink.ink, fontSize: 13, width: 190, overflow: 'truncate' },
    },
    xAxis: {
      type: 'category',
      data: months.months.map(monthLabel),
      axisLine: { lineStyle: { color: ink.soft } },
      axisTick: { show: false },
      axisLabel: { color: ink.soft, fontSize: 12, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: ink.soft, fontSize: 12 },
      splitLine: { lineStyle: { color: ink.line } },
    },
    series: months.series.map((one) => ({
      type: 'bar',
      stack: 'uses',
      name: one.name || others,
      data: one.values,
      barMaxWidth: 48,
      emphasis: { disabled: true },
    })),
  });
}

/** `2026-11` as the reader's place writes a month. */
export function monthLabel(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const style = { month: 'short', year: '2-digit', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale(), style).format(new Date(Date.UTC(year, number - 1, 1)));
}

function patterns(color: string) {
  const line = { color, dashArrayX: [1, 0], symbolSize: 1 };
  return [
    { color: 'transparent' },
    { ...line, dashArrayY: [2, 5], rotation: Math.PI / 4 },
    { color, symbol: 'circle', dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0], symbolSize: 0.6 },
    { ...line, dashArrayY: [2, 5], rotation: -Math.PI / 4 },
    { ...line, dashArrayY: [3, 3] },
    { color, symbol: 'triangle', dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [8, 2], symbolSize: 0.7 },
  ];
}

function weekdays(): string[] {
  const name = new Intl.DateTimeFormat(locale(), { weekday: 'narrow', timeZone: 'UTC' });
  // 2026-11-22 is a Sunday, with which echarts begins.
  return [0, 1, 2, 3, 4, 5, 6].map((day) => name.format(new Date(Date.UTC(2026, 10, 22 + day))));
}

function monthNames(): string[] {
  const name = new Intl.DateTimeFormat(locale(), { month: 'short', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => name.format(new Date(Date.UTC(2026, month, 1))));
}

function monthsBefore(day: string, many: number): string {
  const [year, month] = day.split('-').map(Number) as [number, number];
  const first = new Date(Date.UTC(year, month - many, 1));
  return first.toISOString().slice(0, 10);
}
