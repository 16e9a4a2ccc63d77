/** What the app was opened with: a link or a file, at its start or while it runs. It is there once. */
import { call, listen } from '../wallet';
import type { FoundKind } from '../wallet/wire/scan';
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

/** What goes on with an exchange: everything that `exchange_take` takes. */
const CONTINUES: readonly FoundKind[] = ['acknowledgement', 'use', 'refused', 'erased'];

export function continuesExchange(kind: FoundKind): boolean {
  return CONTINUES.includes(kind);
}
