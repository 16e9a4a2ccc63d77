/** Where the app stands, for every part of the page. */
import { speak } from '../i18n/index.svelte';
import { call, listen } from '../wallet';
import type { Theme } from '../wallet/wire/settings';
import type { ShellState } from '../wallet/wire/shell';

let state = $state<ShellState>();

export function shell(): ShellState | undefined {
  return state;
}

export async function start(): Promise<void> {
  take(await call('shell_state', {}));
  await listen<ShellState>('shell', take);
}

export async function setLanguage(language: string): Promise<void> {
  take(await call('shell_set_language', { language }));
}

export async function setTheme(theme: Theme): Promise<void> {
  take(await call('shell_set_theme', { theme }));
}

/** Takes a newer state, from an answer or told by the app. */
export function take(newer: ShellState): void {
  state = newer;
  speak(newer.language);
  paint(newer.settings.theme);
}

function paint(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && window.matchMedia?.('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}
