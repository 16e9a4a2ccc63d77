import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { speak, t } from '../i18n/index.svelte';
import { handlers } from '../wallet/fake';
import BigCode from './BigCode.svelte';

beforeEach(() => speak('en'));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it('is as large as the window where the desktop gives no whole screen, and gives it back when it goes', async () => {
  // A rejection that nobody catches fails the run.
  const asked = vi.spyOn(handlers, 'item_full_screen').mockImplementation(() => Promise.reject(new Error('no')) as never);
  const code = { frames: ['<svg xmlns="http://www.w3.org/2000/svg"/>'], of: 1 };
  const { unmount } = render(BigCode, { props: { code, label: 'A code' } });
  await userEvent.click(screen.getByRole('button', { name: t('code-large') }));
  expect(screen.getByRole('dialog', { name: 'A code' })).toBeTruthy();
  expect(asked).toHaveBeenLastCalledWith({ on: true });
  unmount();
  expect(asked).toHaveBeenLastCalledWith({ on: false });
  await new Promise((done) => setTimeout(done, 0));
});
