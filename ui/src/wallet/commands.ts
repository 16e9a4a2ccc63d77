/** Every command by name, with what it takes and what it answers. One file for each room beside this. */
import type { ConsentCommands } from './commands/consent';
import type { ExchangeCommands } from './commands/exchange';
import type { OfferCommands } from './commands/offer';
import type { ScanCommands } from './commands/scan';
import type { DeskCommands } from './commands/desk';
import type { HoldingsCommands } from './commands/holdings';
import type { RecipientsCommands } from './commands/recipients';
import type { RecordCommands } from './commands/record';
import type { SettingsCommands } from './commands/settings';
import type { ShellCommands } from './commands/shell';
import type { SpaceCommands } from './commands/space';

export interface Command<Args, Answer> {
  args: Args;
  answer: Answer;
}

export type Commands = ShellCommands &
  ConsentCommands &
  DeskCommands &
  ExchangeCommands &
  HoldingsCommands &
  RecipientsCommands &
  RecordCommands &
  OfferCommands &
  ScanCommands &
  SettingsCommands &
  SpaceCommands;
export type Name = keyof Commands;

/** How the page asks: by Tauri in the app, by the fake in a browser. */
export type Call = <N extends Name>(name: N, args: Commands[N]['args']) => Promise<Commands[N]['answer']>;

/** What the app tells of its own accord. */
export type Listen = <T>(event: string, heard: (payload: T) => void) => Promise<() => void>;
