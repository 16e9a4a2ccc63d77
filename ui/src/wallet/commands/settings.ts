import type { Command } from '../commands';
import type { PackPreviewed, PackRow, SpaceAbout, TrustList } from '../wire/settings_room';
import type { ShellState } from '../wire/shell';
import type { RecoveryKit } from '../wire/space';

type Nothing = Record<string, never>;

export interface SettingsCommands {
  settings_set: Command<{ lockMinutes: number; clipboardSeconds: number; hideUnfocused: boolean }, ShellState>;
  settings_space: Command<Nothing, SpaceAbout>;
  settings_passphrase: Command<{ old: string; new: string }, null>;
  settings_recovery: Command<{ passphrase: string }, RecoveryKit>;
  settings_backup: Command<{ title: string; passphrase: string }, boolean>;
  settings_key_store: Command<{ on: boolean }, ShellState>;
  settings_trust: Command<Nothing, TrustList[]>;
  settings_pick_trust: Command<{ title: string }, TrustList | null>;
  settings_look_trust: Command<{ found: string | null }, TrustList>;
  settings_add_trust: Command<{ fingerprint: string }, null>;
  settings_packs: Command<Nothing, PackRow[]>;
  settings_pick_pack: Command<{ title: string }, PackPreviewed | null>;
  settings_look_pack: Command<{ found: string | null }, PackPreviewed>;
  settings_add_pack: Command<{ fingerprint: string }, null>;
}
