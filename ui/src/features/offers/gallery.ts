import type { Picture } from '../../gallery';
import { claimed, doneOffer, offers, openOffer, relay } from '../../wallet/fake/offer';
import type { OfferView } from '../../wallet/wire/offer';
import Grant from './Grant.svelte';
import Offer from './Offer.svelte';
import Offers from './Offers.svelte';

const at = (name: string, now: OfferView): Picture => ({
  name: `offer/${name}`, component: Offer, props: { id: now.id }, before: () => void (offers.now = now),
});
const down = { code: 'net.unreachable', fault: 'environment' as const, what: 'The relay cannot be reached.', left: 'Nothing readable left this device.', now: 'It is tried again; check the network.' };

export const pictures: Picture[] = [
  at('open', openOffer),
  at('claimed', claimed),
  at('stranger', { ...claimed, claim: { ...claimed.claim!, isListed: false, legalId: null } }),
  at('relay-down', { ...openOffer, trouble: down }),
  at('done', { ...doneOffer, others: 2, happened: [{ what: 'another-claim', about: 'Sample University', at: null }, { what: 'already-released', about: null, at: 1_795_219_200 }] }),
  { name: 'offers/some', component: Offers, before: () => void (offers.all = [openOffer, doneOffer, { ...doneOffer, id: 'e5', state: 'expired' }]) },
  { name: 'offers/none', component: Offers, before: () => void (offers.all = []) },
  { name: 'grant/begin', component: Grant, before: () => void (offers.relay = relay) },
  { name: 'grant/no-relay', component: Grant, before: () => void (offers.relay = { ...relay, origin: null }) },
];
