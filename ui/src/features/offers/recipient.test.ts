import { cleanup, configure, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { speak } from '../../i18n/index.svelte';
import { handlers } from '../../wallet/fake';
import type { OfferText } from '../../wallet/wire/offer';
import Grant from './Grant.svelte';
import Recipient from './Recipient.svelte';

configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });
beforeEach(() => speak('en'));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const box = (name: RegExp) => screen.findByRole<HTMLInputElement>('checkbox', { name });

it('nobody is let in who is known only when they come, and the form says why', async () => {
  render(Grant);
  await userEvent.selectOptions(await screen.findByLabelText('Purpose'), await screen.findByRole('option', { name: 'admission to studies' }));
  await screen.findByText(/name, number and contact before you decide/);
  expect(screen.getAllByRole('radio')).toHaveLength(2);
});

it('whom nobody can reach, and who sits elsewhere than the others, cannot be ticked', async () => {
  render(Grant);
  await userEvent.selectOptions(await screen.findByLabelText('Purpose'), await screen.findByRole('option', { name: 'admission to studies' }));
  expect((await box(/Sample Ward.*gives no contact/)).disabled).toBe(true);
  expect((await box(/Sample University/)).disabled).toBe(false);
  await userEvent.click(await box(/Sample Hospital/));
  expect((await box(/Sample University.*another place/)).disabled).toBe(true);
  expect((await box(/Sample Clinic/)).disabled).toBe(false);
  // Who is ticked can be taken off again.
  expect((await box(/Sample Hospital/)).disabled).toBe(false);
});

it('a directory that fails says so, and not that nobody fits', async () => {
  vi.spyOn(handlers, 'offer_directory').mockImplementation(() => {
    throw { code: 'trust.not-a-list', fault: 'peer', what: 'This is not a trust list.', left: 'Nothing left this device.', now: 'Ask its publisher.' };
  });
  render(Recipient, { text: text(null), changed: () => {}, soon: () => {} });
  await screen.findByText('This is not a trust list.');
  expect(screen.queryByText(/Nobody on your trust lists/)).toBeNull();
});

it('the owner of a key whom no list names is asked about, and a listed one is not', async () => {
  const { unmount } = render(Recipient, { text: text('main:1'), changed: () => {}, soon: () => {} });
  await screen.findByText('Sample Laboratory');
  for (const asked of [/^Registration/, 'Whom to ask there', 'Telephone', 'E-mail', 'Where they sit']) await screen.findByLabelText(asked);
  unmount();
  vi.spyOn(handlers, 'offer_key').mockImplementation(() => ({ name: 'Sample Hospital', legalId: '124400000000000004', isListed: true }));
  render(Recipient, { text: text('main:1'), changed: () => {}, soon: () => {} });
  await screen.findByText('Sample Hospital');
  expect(screen.queryByLabelText('Telephone')).toBeNull();
});

function text(statement: string | null): OfferText {
  return {
    clients: [], statement, reach: { place: 'CN', legalId: '', name: '', tel: '', email: '' }, purpose: 'care.consultation', scene: 'outpatient',
    picks: {}, days: 0, minutes: 15, byRule: false, files: false, necessity: '', impact: '', draftedAt: 0,
  };
}
