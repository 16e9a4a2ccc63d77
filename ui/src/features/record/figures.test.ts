import { describe, expect, it } from 'vitest';
import { dayOf, secondsOf } from '../../i18n/clock';
import type { Stage, UseMark } from '../../wallet/wire/record';
import { counters, isUse, lines, matches, perDay, perMonth } from './figures';

const at = (day: string) => secondsOf(`${day}T10:00`);
const mark = (day: string, recipient: number, stage: Stage = 'used', documents = [0]): UseMark => ({
  id: `${day}-${recipient}-${stage}`, at: at(day), recipient, place: recipient, documents, stage,
});

const marks = [
  mark('2026-11-21', 0),
  mark('2026-11-21', 1, 'acknowledged', [1]),
  mark('2026-11-20', 0, 'declined'),
  mark('2026-09-03', 2, 'erased'),
  mark('2026-09-02', 3, 'refused'),
  mark('2026-09-01', 0, 'withdrawn'),
];

describe('filters', () => {
  it('hold recipient, document, place, stage and days against a use', () => {
    const found = (filter: object) => marks.filter((one) => matches(one, filter)).length;
    expect(found({})).toBe(6);
    expect(found({ recipient: 0 })).toBe(3);
    expect(found({ document: 1 })).toBe(1);
    expect(found({ place: 2 })).toBe(1);
    expect(found({ stage: 'used' })).toBe(1);
    expect(found({ from: '2026-09-02', to: '2026-11-20' })).toBe(3);
    expect(found({ from: '2026-11-21', recipient: 1 })).toBe(1);
  });
});

describe('counters and plots', () => {
  it('count a no and an untaken offer as no use', () => {
    expect(marks.filter(isUse)).toHaveLength(5);
    expect(counters(marks)).toEqual({ uses: 5, signed: 2, unconfirmed: 1, erased: 1, refused: 1, withdrawn: 1 });
    expect(Object.fromEntries(perDay(marks))).toEqual({ '2026-11-21': 2, '2026-09-03': 1, '2026-09-02': 1, '2026-09-01': 1 });
  });

  it('leave no month out, and put those beyond the most used together', () => {
    const { months, series } = perMonth(marks, ['a', 'b', 'c', 'd'], 2);
    expect(months).toEqual(['2026-09', '2026-10', '2026-11']);
    expect(series).toEqual([
      { name: 'a', values: [1, 0, 1] },
      { name: 'b', values: [0, 0, 1] },
      { name: '', values: [2, 0, 0] },
    ]);
    expect(perMonth([], [])).toEqual({ months: [], series: [] });
  });

  it('know a year that ends', () => {
    const { months } = perMonth([mark('2027-02-01', 0), mark('2026-11-01', 0)], ['a']);
    expect(months).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
  });
});

it('puts each day above its uses', () => {
  const list = lines(marks);
  expect(list.filter((line) => 'day' in line)).toEqual([
    { day: '2026-11-21', count: 2 },
    { day: '2026-11-20', count: 1 },
    { day: '2026-09-03', count: 1 },
    { day: '2026-09-02', count: 1 },
    { day: '2026-09-01', count: 1 },
  ]);
  expect(list).toHaveLength(11);
  expect(dayOf(at('2026-01-05'))).toBe('2026-01-05');
});
