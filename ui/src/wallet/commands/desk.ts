import type { Command } from '../commands';
import type { AskDraft, DeskExchange, DeskForms, DeskKept, DeskState } from '../wire/desk';

type Nothing = Record<string, never>;

export interface DeskCommands {
  desk_open: Command<Nothing, null>;
  desk_state: Command<Nothing, DeskState>;
  desk_forms: Command<Nothing, DeskForms>;
  desk_certify: Command<{ title: string }, DeskState>;
  desk_ask: Command<{ draft: AskDraft }, DeskExchange>;
  desk_list: Command<Nothing, DeskExchange[]>;
  desk_exchange: Command<{ exchange: string }, DeskExchange>;
  desk_shown: Command<{ exchange: string }, null>;
  desk_take: Command<{ found: string; draft: AskDraft | null }, DeskExchange>;
  desk_save_file: Command<{ exchange: string; number: number; title: string }, boolean>;
  desk_kept: Command<Nothing, DeskKept[]>;
  desk_erase: Command<{ exchange: string }, DeskExchange>;
}
