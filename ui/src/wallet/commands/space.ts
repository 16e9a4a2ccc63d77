import type { Command } from '../commands';
import type { ShellState } from '../wire/shell';
import type { Kind, Place, RecoveryKit } from '../wire/space';

type Nothing = Record<string, never>;

export interface SpaceCommands {
  space_create: Command<{ kind: Kind; place: Place; label: string; passphrase: string }, RecoveryKit>;
  space_kit_save: Command<{ title: string; page: string }, boolean>;
  space_kit_print: Command<Nothing, boolean>;
  space_kit_done: Command<Nothing, ShellState>;
  space_unlock: Command<{ passphrase: string }, ShellState>;
  space_unlock_key_store: Command<Nothing, ShellState>;
  space_choose_folder: Command<{ title: string }, ShellState>;
  space_recover: Command<{ code: string; passphrase: string }, ShellState>;
  space_pick_backup: Command<{ title: string }, string | null>;
  space_restore: Command<{ passphrase: string }, ShellState>;
  space_sample: Command<Nothing, ShellState>;
  space_leave_sample: Command<Nothing, ShellState>;
  space_go_on: Command<Nothing, number>;
}
