import { cleanup, configure, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
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

it('a record that could not be written is told until the end, and the rest of the codes can be asked for again', async () => {
  speak('en');
  const now = (await handlers.exchange_open({ exchange: 'any' })) as ExchangeView;
  const whole: ExchangeView = { ...now, showing: { what: 'data', code: sampleCode(3) } };
  const fault = (code: string, what: string) => ({ code, fault: 'environment', what, left: '', now: '' });
  vi.spyOn(handlers, 'exchange_shown').mockImplementationOnce(() => { throw fault('vault.full', 'No space left.'); });
  const asked = vi.spyOn(handlers, 'exchange_open').mockImplementationOnce(() => { throw fault('vault.busy', 'Not now.'); });
  handOver({ ...whole, showing: { what: 'data', code: { ...sampleCode(3), frames: sampleCode(3).frames.slice(0, 1) } } });
  render(Exchange, { id: whole.id });
  expect(await screen.findByText('Not now.')).toBeTruthy();
  expect(screen.queryByText('No space left.')).toBeNull();
  asked.mockImplementation(() => whole);
  await userEvent.click(screen.getByRole('button', { name: 'Draw the codes again' }));
  expect(await screen.findByText('No space left.')).toBeTruthy();
  expect(screen.queryByText('Not now.')).toBeNull();
});

it('an exchange is handed over once, and to nobody else', async () => {
  const now = (await handlers.exchange_open({ exchange: 'any' })) as ExchangeView;
  handOver(now);
  expect(takeOver('another')).toBeUndefined();
  handOver(now);
  expect(takeOver(now.id)).toEqual(now);
  expect(takeOver(now.id)).toBeUndefined();
});
