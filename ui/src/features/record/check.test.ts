import { cleanup, configure, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { speak } from '../../i18n/index.svelte';
import { recordState } from '../../wallet/fake/record';
import Check from './Check.svelte';

// A machine that does much else is slow; nothing here is about time.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  speak('en');
  Object.assign(recordState, { uses: 5, isBroken: false, isSlow: false });
});
afterEach(cleanup);

it('names the first thing that is wrong, with where and what now', async () => {
  recordState.isBroken = true;
  render(Check);
  await userEvent.click(screen.getByRole('button', { name: 'Check now' }));
  expect(await screen.findByText('The record does not hold.')).toBeTruthy();
  expect(screen.getByText('log 1742')).toBeTruthy();
  expect(screen.getByText('audit.entry-changed')).toBeTruthy();
});

it('shows how far it is, and says that nothing follows from a check that was stopped', async () => {
  recordState.isSlow = true;
  render(Check);
  await userEvent.click(screen.getByRole('button', { name: 'Check now' }));
  const bar = await screen.findByRole('progressbar', { name: 'Checking the record…' });
  expect(bar).toBeTruthy();
  recordState.isSlow = false;
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(recordState.stopped.size).toBe(1);
});

it('says of a proof whose signer nobody vouches for, or that is wrong, just that', async () => {
  recordState.isBroken = true;
  render(Check);
  await userEvent.click(screen.getByRole('button', { name: 'Choose a proof file' }));
  expect(await screen.findByText('not valid')).toBeTruthy();
  expect(screen.getByText('The part that is wrong: use receipt')).toBeTruthy();
});
