/** The folders of one instance of the app, and what a program in them is started with. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Language } from './words';

export interface Place {
  /** Everything of this instance lies here. */
  folder: string;
  space: string;
  keys: string;
}

const made: string[] = [];
process.on('exit', () => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Fresh folders; the app starts in `language`, light. */
export function newPlace(name: string, language: Language = 'en'): Place {
  const folder = mkdtempSync(join(tmpdir(), `chop-${name}-`));
  made.push(folder);
  mkdirSync(join(folder, 'config/chop'), { recursive: true });
  const settings = { language, theme: 'light', lockMinutes: 0, clipboardSeconds: 30 };
  writeFileSync(join(folder, 'config/chop/desktop.json'), JSON.stringify(settings));
  writeFileSync(join(folder, 'picks'), '');
  return { folder, space: join(folder, 'space'), keys: join(folder, 'keys') };
}

/** As if the person had allowed addresses of their own network. */
export function allow(place: Place, ...allowed: string[]): void {
  const settings = { ...settingsOf(place), network: { relay: null, allowed } };
  writeFileSync(join(place.folder, 'config/chop/desktop.json'), JSON.stringify(settings));
}

/** What the app wrote of its own settings. */
export function settingsOf(place: Place): Record<string, unknown> {
  return JSON.parse(readFileSync(join(place.folder, 'config/chop/desktop.json'), 'utf8'));
}

/** Whether a process still has this place's space in its command line. */
export function isRunning({ space }: Place): boolean {
  return readdirSync('/proc').some((one) => {
    try {
      return /^\d+$/.test(one) && readFileSync(`/proc/${one}/cmdline`, 'utf8').includes(`chop-desktop\0--space\0${space}\0`);
    } catch {
      return false; // It ended while we looked.
    }
  });
}

/** What a program is started with: all its folders are the instance's own. */
export function environment({ folder }: Place, { ahead, camera }: { ahead?: number; camera?: string } = {}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    TZ: 'Asia/Hong_Kong',
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_STATE_HOME: join(folder, 'state'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    CHOP_E2E_PICKS: join(folder, 'picks'),
    ...(ahead === undefined ? {} : { CHOP_E2E_AHEAD: `${ahead}` }),
    ...(camera === undefined ? {} : { CHOP_E2E_CAMERA: camera }),
  };
}

/** The file that answers the system's dialogs. */
export function picksOf({ folder }: Place): string {
  return join(folder, 'picks');
}
