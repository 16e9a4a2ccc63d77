/** What stands behind each room's name. A room takes what its name carries (`id`, `section`) as props. */
import type { Component } from 'svelte';
import Exchange from '../features/exchange/Exchange.svelte';
import Request from '../features/consent/Request.svelte';
import Settings from '../features/settings/Settings.svelte';
import Grant from '../features/offers/Grant.svelte';
import Offer from '../features/offers/Offer.svelte';
import Offers from '../features/offers/Offers.svelte';
import Scan from '../features/scan/Scan.svelte';
import Import from '../features/holdings/Import.svelte';
import Item from '../features/holdings/Item.svelte';
import Shelves from '../features/holdings/Shelves.svelte';
import Show from '../features/holdings/Show.svelte';
import Write from '../features/holdings/Write.svelte';
import Recipients from '../features/recipients/Recipients.svelte';
import RecipientRoom from '../features/recipients/RecipientRoom.svelte';
import RecordRoom from '../features/record/Record.svelte';
import UseRoom from '../features/record/UseRoom.svelte';
import type { Room } from './rooms.svelte';

// Each room brings props of its own.
export const doors: Partial<Record<Room['name'], Component<any>>> = {
  // one line a room, in the order of shell/rooms.svelte.ts
  scan: Scan,
  request: Request,
  exchange: Exchange,
  shelves: Shelves,
  item: Item,
  show: Show,
  import: Import,
  write: Write,
  record: RecordRoom,
  use: UseRoom,
  recipients: Recipients,
  recipient: RecipientRoom,
  settings: Settings,
  grant: Grant,
  offers: Offers,
  offer: Offer,
};
