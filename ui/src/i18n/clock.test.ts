// @vitest-environment node
import { afterAll, describe, expect, it } from 'vitest';
import { dayOf, secondsOf, timeOf } from './clock';
import { languages, speak, when } from './index.svelte';

const machine = process.env.TZ;
afterAll(() => void (process.env.TZ = machine));

// 2026-11-21T18:00:05+08:00, and half past midnight of the day after, when it is still the day before in Europe.
const evening = 1_795_255_205;
const midnight = evening + 6 * 3600 + 1800;

// A laptop brought from Lisbon says the same as the counter in Macao and the sentence over the seal.
describe.each(['UTC', 'Europe/Lisbon', 'America/Los_Angeles', 'Asia/Hong_Kong', 'Pacific/Auckland'])('a machine set to %s', (zone) => {
  it('shows every time by the clock of the three places', () => {
    process.env.TZ = zone;
    Object.defineProperty(globalThis, 'document', { value: { documentElement: {} }, configurable: true });
    expect(timeOf(evening)).toBe('18:00:05');
    expect([dayOf(evening), dayOf(midnight)]).toEqual(['2026-11-21', '2026-11-22']);
    for (const language of languages) {
      speak(language);
      expect(when(evening, 'time')).toMatch(/18:00|6:00/);
      expect(when(midnight, 'day')).toContain('22');
    }
  });

  it('reads what somebody typed by the same clock', () => {
    process.env.TZ = zone;
    expect(secondsOf('2026-11-21T18:00')).toBe(evening - 5);
    expect(dayOf(secondsOf('2026-11-21'))).toBe('2026-11-21');
  });
});
