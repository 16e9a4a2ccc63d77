import type { Command } from '../commands';
import type { ExchangeView } from '../wire/exchange';

export interface ExchangeCommands {
  exchange_list: Command<Record<string, never>, ExchangeView[]>;
  exchange_open: Command<{ exchange: string }, ExchangeView>;
  exchange_shown: Command<{ exchange: string }, void>;
  exchange_take: Command<{ found: string }, ExchangeView>;
  exchange_withdraw: Command<{ exchange: string }, ExchangeView>;
  exchange_post_again: Command<{ exchange: string }, ExchangeView>;
}
