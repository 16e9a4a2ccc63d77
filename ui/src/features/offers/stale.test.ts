import { cleanup, configure, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { speak } from '../../i18n/index.svelte';
import { handlers } from '../../wallet/fake';
import Grant from './Grant.svelte';

configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });
beforeEach(() => speak('en'));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it('what was changed is not sealed before the page says it', async () => {
  const original = handlers.offer_page;
  const days: number[] = [];
  let answer: (() => void) | undefined;
  vi.spyOn(handlers, 'offer_page').mockImplementation(async (args) => {
    const page = await original(args);
    const given = { findings: [], separate: [], asksPassphrase: false };
    days.push(args.text.days);
    if (args.text.days === 1) await new Promise<void>((resolve) => (answer = resolve));
    return { ...page, page: { ...page.page, ...given } };
  });
  const made = vi.spyOn(handlers, 'offer_make');
  const room = render(Grant);
  const seal = () => screen.getByRole<HTMLButtonElement>('button', { name: /^Press the seal/ });
  await userEvent.selectOptions(await screen.findByLabelText('Purpose'), await screen.findByRole('option', { name: 'admission to studies' }));
  await userEvent.click(await screen.findByRole('checkbox', { name: /Sample Hospital/ }));
  await userEvent.click(await screen.findByRole('checkbox', { name: 'medication' }));
  await vi.waitFor(() => expect(seal().disabled).toBe(false));

  const field = screen.getByRole('spinbutton');
  await userEvent.clear(field);
  await userEvent.type(field, '1');
  expect(seal().disabled).toBe(true);
  await userEvent.click(seal());
  await vi.waitFor(() => expect(answer).toBeTruthy());
  expect(seal().disabled).toBe(true);
  expect(made).not.toHaveBeenCalled();
  answer?.();
  await vi.waitFor(() => expect(seal().disabled).toBe(false));
  expect(days.at(-1)).toBe(1);

  // Nobody asks for a page of a room that was left.
  const asked = days.length;
  await userEvent.type(field, '5');
  room.unmount();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(days).toHaveLength(asked);
});
