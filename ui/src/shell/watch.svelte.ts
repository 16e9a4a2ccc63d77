/** Signs of life for the idle lock, and a cover over the page while its window has no focus. */
import { call, listen } from '../wallet';
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
  const attended = (inFront: boolean) => {
    covered = !inFront && shell()?.settings.hideUnfocused === true && shell()?.space === 'open';
    if (inFront) alive();
  };
  let deaf: (() => void) | undefined;
  void listen<boolean>('attended', attended).then((stop) => (deaf = stop));
  const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
  for (const sign of signs) window.addEventListener(sign, alive, { passive: true });
  return () => {
    for (const sign of signs) window.removeEventListener(sign, alive);
    deaf?.();
  };
}

const PING_MS = 10_000;
