/** What the app was opened with: a link or a file, at its start or while it runs. It is there once. */
import { call, listen } from '../wallet';
import type { OpenedWith } from '../wallet/wire/shell';

let opened = $state<OpenedWith>();

export function openedWith(): OpenedWith | undefined {
  return opened;
}

export function letGo(): void {
  opened = undefined;
}

export async function listenForOpened(): Promise<void> {
  const fetch = async () => (opened = (await call('shell_opened', {})) ?? opened);
  await listen('opened-with', () => void fetch());
  await fetch();
}
