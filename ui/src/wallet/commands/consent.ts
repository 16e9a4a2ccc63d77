import type { Command } from '../commands';
import type { Chosen, PageView, SheetView } from '../wire/consent';
import type { ExchangeView } from '../wire/exchange';

export interface ConsentCommands {
  consent_open: Command<{ found: string; anyway: boolean }, SheetView>;
  consent_sheet: Command<{ sheet: string }, SheetView>;
  consent_page: Command<{ sheet: string; chosen: Chosen; reveal: boolean }, PageView>;
  consent_act: Command<{ sheet: string; code: string; topic: string; given: boolean }, void>;
  consent_presence: Command<{ passphrase: string }, void>;
  consent_agree: Command<{ sheet: string; chosen: Chosen; code: string; number: string }, ExchangeView>;
  consent_decline: Command<{ sheet: string }, void>;
  consent_close: Command<{ sheet: string }, void>;
}
