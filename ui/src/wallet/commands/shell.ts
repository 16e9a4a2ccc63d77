import type { Command } from '../commands';
import type { Theme } from '../wire/settings';
import type { OpenedWith, ShellState } from '../wire/shell';

type Nothing = Record<string, never>;

export interface ShellCommands {
  shell_state: Command<Nothing, ShellState>;
  shell_set_language: Command<{ language: string }, ShellState>;
  shell_set_theme: Command<{ theme: Theme }, ShellState>;
  shell_lock: Command<Nothing, ShellState>;
  shell_ping: Command<Nothing, boolean>;
  shell_print: Command<Nothing, boolean>;
  shell_copy: Command<{ text: string }, boolean>;
  shell_opened: Command<Nothing, OpenedWith | null>;
  shell_notices: Command<Nothing, string | null>;
}
