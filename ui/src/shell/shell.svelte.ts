/** Where the app stands, for every part of the page. */
import { type Language, speak } from '../i18n/index.svelte';
import { call, inApp, listen } from '../wallet';
import type { Theme } from '../wallet/wire/settings';
import type { ShellState } from '../wallet/wire/shell';

let state = $state<ShellState>();

export function shell(): ShellState | undefined {
  return state;
}

export async function start(): Promise<void> {
  const first = await call('shell_state', {});
  take(first);
  await listen<ShellState>('shell', take);
  if (first.settings.language === null) await setLanguage(ofTheSystem());
}

export async function setLanguage(language: string): Promise<void> {
  take(await call('shell_set_language', { language }));
}

export async function setTheme(theme: Theme): Promise<void> {
  take(await call('shell_set_theme', { theme }));
}

/** Takes a newer state, from an answer or told by the app. */
export function take(newer: ShellState): void {
  const locked = state?.space === 'open' && newer.space !== 'open';
  state = newer;
  // A page that starts anew holds nothing of what it showed.
  if (locked && inApp) location.reload();
  speak(newer.language);
  paint(newer.settings.theme);
}

/** The language that the system prefers, of those there are. */
function ofTheSystem(): Language {
  for (const tag of navigator.languages) {
    if (/^zh\b.*(hant|tw|hk|mo)/i.test(tag)) return 'zh-Hant';
    if (/^zh\b/i.test(tag)) return 'zh-Hans';
    if (/^pt\b/i.test(tag)) return 'pt';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}

function paint(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && window.matchMedia?.('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}
