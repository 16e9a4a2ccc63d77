import type { Command } from '../commands';
import type { Theme } from '../wire/settings';
import type { ShellState } from '../wire/shell';

export interface ShellCommands {
  shell_state: Command<Record<string, never>, ShellState>;
  shell_set_language: Command<{ language: string }, ShellState>;
  shell_set_theme: Command<{ theme: Theme }, ShellState>;
}
