import { cleanup, configure, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { speak } from '../../i18n/index.svelte';
import { openOffer, offers } from '../../wallet/fake/offer';
import { handlers } from '../../wallet/fake';
import Offer from './Offer.svelte';

configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });
beforeEach(() => speak('en'));
afterEach(cleanup);

it('copies the link by way of the app, which clears the clipboard again, and never by the page itself', async () => {
  offers.now = openOffer;
  const copied = vi.spyOn(handlers, 'shell_copy');
  const own = vi.fn();
  const user = userEvent.setup();
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: own }, configurable: true });
  render(Offer, { props: { id: openOffer.id } });
  await user.click(await screen.findByText(/link/i, { selector: 'summary' }));
  await user.click(screen.getByRole('button', { name: 'Copy' }));
  expect(copied).toHaveBeenCalledWith({ text: openOffer.link });
  expect(own).not.toHaveBeenCalled();
});

it('says that its relay is down, that it goes on trying, and keeps the code', async () => {
  const trouble = { code: 'net.busy', fault: 'environment', what: 'The relay is not there.', left: 'Nothing left.', now: 'It is tried again.' } as const;
  offers.now = { ...openOffer, trouble };
  render(Offer, { props: { id: openOffer.id } });
  expect(await screen.findByText('The relay is not there.')).toBeTruthy();
  expect(screen.getByText(/What to do: It is tried again/)).toBeTruthy();
  expect(screen.getByRole('img')).toBeTruthy();
  offers.now = openOffer;
  await userEvent.click(screen.getByRole('button', { name: /now/i }));
  expect(screen.queryByText('The relay is not there.')).toBeNull();
});
