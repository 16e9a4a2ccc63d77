import { cleanup, configure, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { speak } from '../../i18n/index.svelte';
import { handlers } from '../../wallet/fake';
import Grant from './Grant.svelte';

configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });
beforeEach(async () => {
  speak('en');
  // No act is given yet.
  await handlers.consent_open({ found: '0', anyway: false });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const gives = () => screen.queryAllByRole('button', { name: 'I consent to this' });
const medication = () => screen.findByRole('checkbox', { name: 'medication' });

/** The room with a page on it that wants two acts. */
async function composed() {
  render(Grant);
  await userEvent.selectOptions(await screen.findByLabelText('Purpose'), await screen.findByRole('option', { name: 'admission to studies' }));
  await userEvent.click(await screen.findByRole('checkbox', { name: /Sample Hospital/ }));
  await userEvent.click(await medication());
  await vi.waitFor(() => expect(gives()).toHaveLength(2));
}

it('two acts, the first answered last: the page says both', async () => {
  const original = handlers.consent_page;
  let answer: (() => void) | undefined;
  vi.spyOn(handlers, 'consent_page').mockImplementationOnce(async (args) => {
    const page = await original(args);
    await new Promise<void>((resolve) => (answer = resolve));
    return page;
  });
  await composed();
  const [one, two] = gives();
  if (one) await userEvent.click(one);
  if (two) await userEvent.click(two);
  await vi.waitFor(() => expect(answer).toBeTruthy());
  await new Promise((resolve) => setTimeout(resolve, 50));
  answer?.();
  await vi.waitFor(() => expect(gives()).toHaveLength(0));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(gives()).toHaveLength(0);
});

it('an act on a page that is gone meanwhile says nothing on the next one', async () => {
  let answer: (() => void) | undefined;
  vi.spyOn(handlers, 'consent_act').mockImplementationOnce(() => new Promise<void>((resolve) => (answer = resolve)));
  const pages = vi.spyOn(handlers, 'offer_page');
  await composed();
  const [one] = gives();
  if (one) await userEvent.click(one);
  await vi.waitFor(() => expect(answer).toBeTruthy());
  await userEvent.click(await medication());
  await vi.waitFor(() => expect(screen.queryByText('Press the seal')).toBeNull());
  answer?.();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const before = pages.mock.calls.length;
  await userEvent.click(await medication());
  await vi.waitFor(() => expect(pages.mock.calls.length).toBeGreaterThan(before));
  await vi.waitFor(() => expect(screen.getByRole('button', { name: /^Press the seal/ })).toBeTruthy());
  expect(document.querySelector('.seal-panel [role="alert"]')).toBeNull();
});
