import type { ShellCommands } from '../commands/shell';
import type { ShellState } from '../wire/shell';
import type { Handlers } from './index';

/** What the gallery and tests set before they draw. */
export const shellState: ShellState = {
  space: 'open',
  language: 'en',
  settings: { language: 'en', theme: 'light', lockMinutes: 5, clipboardSeconds: 30, network: { relay: null, allowed: [] } },
  version: '0.1.0',
};

export const shell: Handlers<ShellCommands> = {
  shell_state: () => ({ ...shellState }),
  shell_set_language: ({ language }) => Object.assign(shellState, { language }),
  shell_set_theme: ({ theme }) => {
    shellState.settings.theme = theme;
    return { ...shellState };
  },
};
