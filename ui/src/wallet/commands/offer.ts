import type { Command } from '../commands';
import type { Chosen } from '../wire/consent';
import type {
  ItemChoice,
  KeyView,
  OfferPage,
  OfferText,
  OfferView,
  PartyChoice,
  PurposeChoice,
  RelayView,
} from '../wire/offer';

type None = Record<string, never>;

export interface OfferCommands {
  offer_relay: Command<None, RelayView>;
  offer_set_relay: Command<{ origin: string; ownNetwork: boolean }, RelayView>;
  offer_authority: Command<{ title: string }, RelayView>;
  offer_purposes: Command<None, PurposeChoice[]>;
  offer_directory: Command<{ words: string }, PartyChoice[]>;
  offer_key: Command<{ statement: string }, KeyView>;
  offer_items: Command<{ words: string; purpose: string }, ItemChoice[]>;
  offer_page: Command<{ text: OfferText }, OfferPage>;
  offer_make: Command<{ sheet: string; chosen: Chosen; code: string }, OfferView>;
  offer_list: Command<None, OfferView[]>;
  offer_open: Command<{ offer: string }, OfferView>;
  offer_answer: Command<{ offer: string; yes: boolean }, OfferView>;
  offer_withdraw: Command<{ offer: string }, OfferView>;
  offer_try_again: Command<{ offer: string }, OfferView>;
}
