import type { Command } from '../commands';
import type { Draft, FindingLine, FormName, PaperForm, Revealed } from '../wire/fields';
import type { CardsPage, ShareWord, ShelfName } from '../wire/holdings';
import type { Kept, Look, Waiting } from '../wire/intake';
import type {
  ConflictLine,
  ItemPage,
  NewProfileLine,
  ProfileLine,
  SeenLine,
  ShownCard,
  StatusAnswer,
  WrongLine,
} from '../wire/item';

type Nothing = Record<string, never>;
type One = { id: string };

export interface HoldingsCommands {
  holdings_cards: Command<{ shelf: ShelfName; after: string | null }, CardsPage>;
  holdings_search: Command<{ text: string }, CardsPage>;
  item_open: Command<One, ItemPage>;
  item_reveal: Command<{ id: string; path: string[] }, Revealed | null>;
  item_seen: Command<One, SeenLine[]>;
  item_conflicts: Command<One, ConflictLine[]>;
  item_wrong: Command<One, WrongLine[]>;
  item_prepare_corrections: Command<One, number>;
  item_set_share: Command<{ id: string; share: ShareWord }, null>;
  item_set_subject: Command<{ id: string; profile: string | null }, null>;
  item_set_biometrics: Command<{ id: string; mayLeave: boolean }, null>;
  item_erase: Command<One, null>;
  item_show: Command<{ id: string; to: string; clear: string[] }, ShownCard>;
  item_full_screen: Command<{ on: boolean }, null>;
  item_ask_status: Command<Nothing, StatusAnswer>;
  item_stop_status: Command<Nothing, null>;
  profile_list: Command<Nothing, ProfileLine[]>;
  profile_add: Command<{ new: NewProfileLine }, string>;
  profile_change: Command<{ id: string; new: NewProfileLine }, null>;
  form_list: Command<Nothing, FormName[]>;
  form_open: Command<{ code: string }, PaperForm>;
  form_check: Command<{ draft: Draft }, FindingLine[]>;
  form_draft: Command<One, Draft>;
  form_keep: Command<{ draft: Draft; replaces: string | null }, Kept>;
  intake_pick: Command<{ title: string }, Waiting[]>;
  intake_text: Command<{ text: string }, Waiting>;
  intake_look: Command<{ token: string }, Look>;
  intake_code: Command<{ token: string; code: string }, Look>;
  intake_keep: Command<{ token: string; title: string | null; replaces: string | null }, Kept | null>;
  intake_let_go: Command<{ token: string }, null>;
}
