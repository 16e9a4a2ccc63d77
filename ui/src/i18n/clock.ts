/** One clock for every page: that of the three places, which is UTC+8 all year, whatever zone the machine is
 *  set to. Core writes its sentences, notices and letters by the same (core/src/notice/time.rs), so that a
 *  time on the page and a time in a sentence are one time. */
const AHEAD = 8 * 3600;

/** Seconds since 1970 as a date whose UTC parts are what a clock here shows: formatted with `timeZone: 'UTC'`. */
export function here(seconds: number): Date {
  return new Date((seconds + AHEAD) * 1000);
}

/** The day here, `2026-11-21`. */
export function dayOf(seconds: number): string {
  return here(seconds).toISOString().slice(0, 10);
}

/** The time here, `18:00:05`. */
export function timeOf(seconds: number): string {
  return here(seconds).toISOString().slice(11, 19);
}

/** What a field for day and time holds, `2026-11-21T18:00`, or a day alone (its noon), as seconds since 1970. */
export function secondsOf(local: string): number {
  const at = local.includes('T') ? local : `${local}T12:00`;
  return Math.floor(Date.parse(`${at}Z`) / 1000) - AHEAD;
}
