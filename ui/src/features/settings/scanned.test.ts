import { cleanup, configure, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { speak } from '../../i18n/index.svelte';
import { here } from '../../shell/rooms.svelte';
import { found, scanned } from '../../wallet/fake/scan';
import { handlers } from '../../wallet/fake';
import { sampleList } from '../../wallet/fake/settings';
import Scan from '../scan/Scan.svelte';
import Settings from './Settings.svelte';

// A machine that does much else is slow; nothing here is about time.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });
beforeEach(() => speak('en'));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

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
  // Rust is told which one was compared, and refuses another.
  expect(added.mock.calls[0]?.[0]).toEqual({ fingerprint: sampleList.fingerprint });
  await awayAndBack(section);
  expect(screen.queryByRole('checkbox')).toBeNull();
  expect(looked).toHaveBeenCalledTimes(1);
  expect(here()).toEqual({ name: 'settings', section });
});

/** To another section and back, as somebody looks around. */
async function awayAndBack(section: 'trust' | 'rules') {
  const tab = { trust: /^Trust/, rules: /^Rules/ }[section];
  await userEvent.click(screen.getByRole('tab', { name: 'About' }));
  await userEvent.click(screen.getByRole('tab', { name: tab }));
  await screen.findByRole('button', { name: /^Add/ });
}

it('what was scanned and left does not come back', async () => {
  const looked = vi.spyOn(handlers, 'settings_look_trust');
  render(Settings, { props: { section: 'trust', found: 'main:trust-list' } });
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
  await awayAndBack('trust');
  expect(screen.queryByRole('checkbox')).toBeNull();
  expect(looked).toHaveBeenCalledTimes(1);
});

it('a preview is read again in another language, a picked one too, and what was compared stays so', async () => {
  const looked = vi.spyOn(handlers, 'settings_look_trust');
  render(Settings, { props: { section: 'trust' } });
  await userEvent.click(await screen.findByRole('button', { name: /^Add/ }));
  await userEvent.click(await screen.findByRole('checkbox'));
  expect(looked).not.toHaveBeenCalled();
  speak('pt');
  await vi.waitFor(() => expect(looked).toHaveBeenCalledWith({ found: null }));
  expect((await screen.findByRole<HTMLInputElement>('checkbox')).checked).toBe(true);
});

it('nothing else is picked while what was scanned is still being looked at', async () => {
  let answer: (list: typeof sampleList) => void = () => undefined;
  vi.spyOn(handlers, 'settings_look_trust').mockImplementation(
    () => new Promise((resolve) => (answer = resolve)) as unknown as typeof sampleList,
  );
  render(Settings, { props: { section: 'trust', found: 'main:trust-list' } });
  // What is kept already has come, and the look has not.
  expect((await screen.findAllByText('Sample Trust List')).length).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Add/ }).disabled).toBe(true);
  answer(sampleList);
  expect(await screen.findByRole('checkbox')).toBeTruthy();
});
