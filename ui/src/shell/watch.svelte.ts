/** Signs of life for the idle lock, and a cover over the page while its window has no focus. */
import { call } from '../wallet';
import { shell } from './shell.svelte';

let covered = $state(false);

/** Whether what is shown is to be hidden: a task switcher would show it. */
export function isCovered(): boolean {
  return covered;
}

/** Watches until what it returns is called. */
export function watch(): () => void {
  let last = 0;
  const alive = () => {
    const now = Date.now();
    if (now - last < PING_MS || shell()?.space !== 'open') return;
    last = now;
    void call('shell_ping', {}).catch(() => {});
  };
  const away = () => (covered = shell()?.settings.hideUnfocused === true && shell()?.space === 'open');
  const there = () => {
    covered = false;
    alive();
  };
  const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
  for (const sign of signs) window.addEventListener(sign, alive, { passive: true });
  window.addEventListener('blur', away);
  window.addEventListener('focus', there);
  return () => {
    for (const sign of signs) window.removeEventListener(sign, alive);
    window.removeEventListener('blur', away);
    window.removeEventListener('focus', there);
  };
}

const PING_MS = 10_000;
