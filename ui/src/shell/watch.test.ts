import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { handlers, tell } from '../wallet/fake';
import { shellState } from '../wallet/fake/shell';
import { take } from './shell.svelte';
import { isCovered, watch } from './watch.svelte';

let stop: () => void;
const is = (space: 'open' | 'locked', hideUnfocused: boolean) =>
  take({ ...shellState, space, settings: { ...shellState.settings, hideUnfocused } });

beforeEach(async () => {
  is('open', true);
  stop = watch();
  await Promise.resolve();
});
afterEach(() => {
  tell('attended', true);
  stop();
});

it('covers what it shows while none of our windows is in front, and only then', () => {
  expect(isCovered()).toBe(false);
  tell('attended', false);
  expect(isCovered()).toBe(true);
  tell('attended', true);
  expect(isCovered()).toBe(false);
});

it('covers nothing where somebody wants it so, and nothing that is locked', () => {
  is('open', false);
  tell('attended', false);
  expect(isCovered()).toBe(false);
  is('locked', true);
  tell('attended', false);
  expect(isCovered()).toBe(false);
});

it('takes keys and movements for signs of life, at most one in ten seconds, and none where it is locked', () => {
  const ping = vi.spyOn(handlers, 'shell_ping');
  const now = vi.spyOn(Date, 'now');
  for (const at of [100_000, 101_000, 109_999]) {
    now.mockReturnValue(at);
    window.dispatchEvent(new Event('keydown'));
  }
  expect(ping).toHaveBeenCalledTimes(1);
  now.mockReturnValue(110_001);
  window.dispatchEvent(new Event('pointermove'));
  expect(ping).toHaveBeenCalledTimes(2);
  is('locked', true);
  now.mockReturnValue(200_000);
  window.dispatchEvent(new Event('keydown'));
  expect(ping).toHaveBeenCalledTimes(2);
  now.mockRestore();
});
