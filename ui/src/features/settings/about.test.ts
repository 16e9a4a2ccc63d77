import { cleanup, configure, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { speak } from '../../i18n/index.svelte';
import { handlers } from '../../wallet/fake';
import About from './About.svelte';

// A machine that does much else is slow; nothing here is about time.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });
beforeEach(() => speak('en'));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it('shows the licences of its parts in their own words', async () => {
  render(About);
  await userEvent.click(screen.getByRole('button', { name: 'Read the licences' }));
  expect(await screen.findByText(/Permission is hereby granted/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByText(/Permission is hereby granted/)).toBeNull());
});

it('says so where the build carries none', async () => {
  vi.spyOn(handlers, 'shell_notices').mockReturnValueOnce(null);
  render(About);
  await userEvent.click(screen.getByRole('button', { name: 'Read the licences' }));
  expect(await screen.findByText(/was not packaged/)).toBeTruthy();
});
