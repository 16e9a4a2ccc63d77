import type { ShellCommands } from '../commands/shell';
import type { ShellState } from '../wire/shell';
import type { Handlers } from './index';

/** What the gallery and tests set before they draw. */
export const shellState: ShellState = {
  space: 'open',
  label: '陈示例 Chan Sample',
  folder: '/home/sample/.local/share/chop/space',
  isSample: false,
  hasKeyStore: false,
  standing: 'current',
  interrupted: 0,
  language: 'en',
  settings: {
    language: 'en', theme: 'light', lockMinutes: 5, clipboardSeconds: 30, hideUnfocused: true, space: null,
    network: { relay: null, allowed: [] },
  },
  version: '0.1.0',
};

export const shell: Handlers<ShellCommands> = {
  shell_state: () => ({ ...shellState }),
  shell_set_language: ({ language }) => Object.assign(shellState, { language }),
  shell_set_theme: ({ theme }) => {
    shellState.settings.theme = theme;
    return { ...shellState };
  },
  shell_lock: () => ({ ...Object.assign(shellState, { space: 'locked', standing: null }) }),
  shell_ping: () => shellState.space === 'open',
  shell_print: () => (window.print(), true),
  shell_copy: () => true,
  shell_opened: () => null,
  shell_notices: () => 'MIT\n\nsample-part 1.0.0 (https://parts.example)\n\nPermission is hereby granted…\n',
};
