/** What was measured, as rows of the table that `make bench` prints. */
import { writeFileSync } from 'node:fs';

export interface Row {
  name: string;
  ours: number;
  reference: number;
  /** The ratio may be so large. */
  limit: number;
  unit: 'ms' | 'MiB';
}

const rows: Row[] = [];

/** Adds a row; the file is whole after each. */
export function tell(row: Row): void {
  rows.push(row);
  console.log(`${row.name}: ${row.ours.toFixed(1)} against ${row.reference.toFixed(1)} ${row.unit}, at most ${row.limit}`);
  writeFileSync(wanted('CHOP_ROWS'), JSON.stringify(rows, null, 2));
}

export function median(values: number[]): number {
  return percentile(values, 50);
}

export function percentile(values: number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(((sorted.length - 1) * percent) / 100)] ?? NaN;
}

/** What scripts/bench_desktop sets. */
export function wanted(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; scripts/bench_desktop sets it`);
  return value;
}
