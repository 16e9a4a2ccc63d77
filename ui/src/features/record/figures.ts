/** What counters and plots show, from the marks of the uses alone. */
import { dayOf } from '../../i18n/clock';
import type { Stage, UseMark } from '../../wallet/wire/record';

export interface Filter {
  recipient?: number | undefined;
  document?: number | undefined;
  place?: number | undefined;
  stage?: Stage | undefined;
  /** Days, `2026-11-21`, both included. */
  from?: string | undefined;
  to?: string | undefined;
}

export const stages: Stage[] = [
  'offered', 'granted', 'acknowledged', 'unconfirmed', 'used', 'erased', 'refused', 'declined', 'withdrawn',
];

export function matches(mark: UseMark, filter: Filter): boolean {
  if (filter.recipient !== undefined && mark.recipient !== filter.recipient) return false;
  if (filter.place !== undefined && mark.place !== filter.place) return false;
  if (filter.document !== undefined && !mark.documents.includes(filter.document)) return false;
  if (filter.stage !== undefined && mark.stage !== filter.stage) return false;
  const day = dayOf(mark.at);
  return (!filter.from || day >= filter.from) && (!filter.to || day <= filter.to);
}

/** Whether something was let go: a no and an offer that nobody took up are no uses. */
export function isUse(mark: UseMark): boolean {
  return mark.stage !== 'declined' && mark.stage !== 'offered';
}

export interface Counters {
  uses: number;
  signed: number;
  /** The key left, or may have, and nobody signed for the use. */
  unconfirmed: number;
  erased: number;
  refused: number;
  withdrawn: number;
}

export function counters(marks: UseMark[]): Counters {
  const of = (...wanted: Stage[]) => marks.filter((mark) => wanted.includes(mark.stage)).length;
  return {
    uses: marks.filter(isUse).length,
    signed: of('used', 'erased'),
    unconfirmed: of('acknowledged', 'unconfirmed'),
    erased: of('erased'),
    refused: of('refused'),
    withdrawn: of('withdrawn'),
  };
}

/** Uses by day, days without any left out. */
export function perDay(marks: UseMark[]): Map<string, number> {
  const days = new Map<string, number>();
  for (const mark of marks.filter(isUse)) {
    const day = dayOf(mark.at);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return days;
}

export interface Months {
  /** `2026-11`, in order, none left out between the first and the last. */
  months: string[];
  /** Most used first; `name` is empty for all the others together. */
  series: { name: string; values: number[] }[];
}

/** Uses by recipient and month, of the last twelve months that have any. */
export function perMonth(marks: UseMark[], names: string[], most = 5): Months {
  const uses = marks.filter(isUse);
  const seen = [...new Set(uses.map((mark) => dayOf(mark.at).slice(0, 7)))].sort();
  const months = filled(seen.at(-1), seen[0]).slice(-12);
  const totals = new Map<number, number>();
  const within = uses.filter((mark) => months.includes(dayOf(mark.at).slice(0, 7)));
  for (const mark of within) totals.set(mark.recipient, (totals.get(mark.recipient) ?? 0) + 1);
  const ranked = [...totals].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([recipient]) => recipient);
  const named = ranked.slice(0, most);
  const values = (wanted: (recipient: number) => boolean) =>
    months.map((month) => within.filter((m) => wanted(m.recipient) && dayOf(m.at).startsWith(month)).length);
  const series = named.map((recipient) => ({ name: names[recipient] ?? '', values: values((r) => r === recipient) }));
  if (ranked.length > named.length) series.push({ name: '', values: values((r) => !named.includes(r)) });
  return { months, series };
}

/** Every month from `first` to `last`. */
function filled(last: string | undefined, first: string | undefined): string[] {
  if (!last || !first) return [];
  const months: string[] = [];
  let [year, month] = first.split('-').map(Number) as [number, number];
  for (let name = first; name <= last; name = `${year}-${String(month).padStart(2, '0')}`) {
    months.push(name);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
  return months;
}

export type Line = { day: string; count: number } | { mark: UseMark };

/** The list: a heading for each day, then its uses, newest first. */
export function lines(marks: UseMark[]): Line[] {
  const out: Line[] = [];
  let heading: { day: string; count: number } | undefined;
  for (const mark of marks) {
    const day = dayOf(mark.at);
    if (heading?.day !== day) {
      heading = { day, count: 0 };
      out.push(heading);
    }
    heading.count += 1;
    out.push({ mark });
  }
  return out;
}
