import { cleanup, configure, render, screen } from '@testing-library/svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { speak } from '../../i18n/index.svelte';
import { handlers } from '../../wallet/fake';
import { sampleCode } from '../../wallet/fake/code';
import type { ExchangeView } from '../../wallet/wire/exchange';
import Exchange from './Exchange.svelte';
import { handOver, takeOver } from './handed';

configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it('the first code is shown before the rest is there, and turns once it is', async () => {
  speak('en');
  const now = (await handlers.exchange_open({ exchange: 'any' })) as ExchangeView;
  const whole: ExchangeView = { ...now, showing: { what: 'data', code: sampleCode(3) } };
  let answer: ((view: ExchangeView) => void) | undefined;
  const asked = vi.spyOn(handlers, 'exchange_open').mockImplementation(() => new Promise((resolve) => (answer = resolve)));
  handOver({ ...whole, showing: { what: 'data', code: { ...sampleCode(3), frames: sampleCode(3).frames.slice(0, 1) } } });
  render(Exchange, { id: whole.id });
  expect(await screen.findByText('Picture 1 of 3')).toBeTruthy();
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
  answer?.(whole);
  expect(await screen.findByText('Picture 2 of 3')).toBeTruthy();
  expect(asked).toHaveBeenCalledTimes(1);
});

it('an exchange is handed over once, and to nobody else', async () => {
  const now = (await handlers.exchange_open({ exchange: 'any' })) as ExchangeView;
  handOver(now);
  expect(takeOver('another')).toBeUndefined();
  handOver(now);
  expect(takeOver(now.id)).toEqual(now);
  expect(takeOver(now.id)).toBeUndefined();
});
