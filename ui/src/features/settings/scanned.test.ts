import { cleanup, configure, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { speak } from '../../i18n/index.svelte';
import { here } from '../../shell/rooms.svelte';
import { found, scanned } from '../../wallet/fake/scan';
import { handlers } from '../../wallet/fake';
import Scan from '../scan/Scan.svelte';
import Settings from './Settings.svelte';

// A machine that does much else is slow; nothing here is about time.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });
beforeEach(() => speak('en'));
afterEach(cleanup);

it.each([
  ['trust-list', 'trust', 'settings_look_trust', 'settings_add_trust', 'Sample Trust List'],
  ['pack', 'rules', 'settings_look_pack', 'settings_add_pack', 'gba 2026.3'],
] as const)('a %s that was scanned is shown by one click and kept after its fingerprint was compared', async (kind, section, look, add, shown) => {
  scanned.next = found(kind);
  const looked = vi.spyOn(handlers, look);
  const added = vi.spyOn(handlers, add);
  const scan = render(Scan);
  await userEvent.click(await screen.findByRole('button', { name: /clipboard/i }));
  await userEvent.click(await screen.findByRole('button', { name: /settings|look/i }));
  const room = here();
  expect(room).toEqual({ name: 'settings', section, found: `main:${kind}` });
  scan.unmount();

  render(Settings, { props: room.name === 'settings' ? { section: room.section, found: room.found } : {} });
  expect((await screen.findAllByText(shown)).length).toBeGreaterThan(0);
  expect(looked).toHaveBeenCalledWith({ found: `main:${kind}` });
  const accept = await screen.findByRole<HTMLButtonElement>('button', { name: /^(Trust|Accept|Add|Use)/ });
  expect(accept.disabled).toBe(true);
  expect(added).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('checkbox'));
  expect(accept.disabled).toBe(false);
  await userEvent.click(accept);
  expect(added).toHaveBeenCalledTimes(1);
});
