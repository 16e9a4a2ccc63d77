import { cleanup, configure, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { speak } from '../../i18n/index.svelte';
import { recipientsState } from '../../wallet/fake/recipients';
import { handlers } from '../../wallet/fake';
import ActDialog from './ActDialog.svelte';
import RecipientRoom from './RecipientRoom.svelte';
import LetterDialog from './LetterDialog.svelte';
import Recipients from './Recipients.svelte';
import { clock } from './words';

// A machine that does much else is slow; nothing here is about time.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  speak('en');
  Object.assign(recipientsState, { count: 4, isOverdue: false, cases: [], muted: false, outdated: 'none' });
});
afterEach(cleanup);

const act = (name: string) => ({ id: 'use-0', act: name, closed: () => {}, changed: () => Promise.resolve() }) as never;

it('says what a withdrawal does before it is done, and what it reached after', async () => {
  render(ActDialog, { props: act('withdraw') });
  expect(await screen.findByText(/out of reach from here/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Withdraw' }));
  expect(await screen.findByText(/Withdrawn from now on/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Save the notice' })).toBeTruthy();
});

it('does nothing that must say why without a why', async () => {
  render(ActDialog, { props: act('void') });
  const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Declare void' });
  expect(button.disabled).toBe(true);
  await userEvent.type(screen.getByRole('textbox'), 'signed under a wrong name');
  expect(button.disabled).toBe(false);
});

it('tells the time that is left in words', () => {
  expect(clock(null, false)).toBeUndefined();
  expect(clock(0, false)).toEqual({ kind: 'warn', text: 'due today' });
  expect(clock(1, false)?.text).toBe('one day left');
  expect(clock(30, false)).toEqual({ kind: 'info', text: '30 days left' });
  expect(clock(-3, true)).toEqual({ kind: 'bad', text: '3 days overdue' });
});

it('prepares a correction of what they got and what has changed since, and says that it is done', async () => {
  recipientsState.outdated = 'open';
  const prepared = vi.spyOn(handlers, 'recipients_correct').mockImplementation(() => {
    recipientsState.outdated = 'prepared';
    return 1;
  });
  render(RecipientRoom, { props: { id: 'x509_hash:a1' } });
  await userEvent.click(await screen.findByRole('button', { name: /Prepare a correction/ }));
  expect(prepared).toHaveBeenCalledWith({ id: 'x509_hash:a1', item: 'credentials-1' });
  expect(await screen.findByText('correction prepared, see the cases')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Prepare a correction/ })).toBeNull();
});

it('lists who was told no, until when, and nobody where nobody was', async () => {
  recipientsState.muted = true;
  const room = render(Recipients);
  expect(await screen.findByRole('heading', { name: 'Told no' })).toBeTruthy();
  expect(screen.getAllByText(/holds until/)).toHaveLength(2);
  room.unmount();
  recipientsState.muted = false;
  render(Recipients);
  await screen.findByRole('heading', { name: 'Recipients' });
  expect(screen.queryByRole('heading', { name: 'Told no' })).toBeNull();
});

it('says when a letter cannot be printed here', async () => {
  vi.spyOn(handlers, 'shell_print').mockReturnValueOnce(false);
  render(LetterDialog, { props: { id: 'case-0', closed: () => {} } });
  await userEvent.click(await screen.findByRole('button', { name: 'Print' }));
  expect(await screen.findByText('Printing is not possible here. Save the letter as a file.')).toBeTruthy();
});

it('closes a letter by a button', async () => {
  const closed = vi.fn();
  render(LetterDialog, { props: { id: 'case-0', closed } });
  await userEvent.click(await screen.findByRole('button', { name: 'Close' }));
  expect(closed).toHaveBeenCalled();
});

it('keeps the recipients where who was told no cannot be read, and says so until it can', async () => {
  recipientsState.muted = true;
  const refused = { code: 'vault.busy', fault: 'environment', what: 'It cannot be read.', left: 'Nothing left.', now: 'Try again.' };
  vi.spyOn(handlers, 'recipients_muted').mockRejectedValueOnce(refused);
  render(Recipients);
  expect(await screen.findByText('It cannot be read.')).toBeTruthy();
  expect(await screen.findByText('Sample University')).toBeTruthy();
  speak('pt');
  expect(await screen.findByRole('heading', { name: 'A quem disse não' })).toBeTruthy();
  expect(screen.queryByText('It cannot be read.')).toBeNull();
});
