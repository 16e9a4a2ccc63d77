import type { Picture } from '../../gallery';
import { claimed, doneOffer, offers, openOffer, relay } from '../../wallet/fake/offer';
import type { OfferText, OfferView } from '../../wallet/wire/offer';
import PageLines from '../consent/PageLines.svelte';
import Grant from './Grant.svelte';
import Offer from './Offer.svelte';
import Offers from './Offers.svelte';
import Recipient from './Recipient.svelte';

const at = (name: string, now: OfferView): Picture => ({
  name: `offer/${name}`, component: Offer, props: { id: now.id }, before: () => void (offers.now = now),
});
const down = { code: 'net.unreachable', fault: 'environment' as const, what: 'The relay cannot be reached.', left: 'Nothing readable left this device.', now: 'It is tried again; check the network.' };

const text = (to: Partial<OfferText>): OfferText => ({
  clients: [], statement: null, reach: { place: 'CN', legalId: '', name: '', tel: '', email: '' }, purpose: 'care.consultation',
  scene: 'outpatient', picks: {}, days: 0, minutes: 15, byRule: false, files: false, necessity: '', impact: '', draftedAt: 0, ...to,
});
const to = (name: string, chosen: Partial<OfferText>): Picture => ({
  name: `grant/to-${name}`, component: Recipient, props: { text: text(chosen), changed: () => {}, soon: () => {} },
});
/** What core says where data of the level may be offered for less time than was chosen. */
const sooner = [
  { kind: 'who', label: 'Who', value: 'Sample Hospital · Sample Clinic · USCC 124400000000000004 · 124400000000000005 · Mainland China · Data protection officer · dpo@hospital.example.invalid' },
  { kind: 'known-by', label: 'How known', value: 'Yourself, by name. Who takes it up is verified then.' },
  { kind: 'uses', label: 'How often', value: 'once' },
  { kind: 'until', label: 'Until', value: 'today at 18:00 (UTC+8)' },
  { kind: 'sooner', label: 'Sooner than chosen', value: 'You chose 15 minutes, but data of this level are offered for 10 minutes at most: the offer ends then.' },
  { kind: 'rules', label: 'Rules', value: 'gba 2026.1; not legal advice' },
];

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
  to('named', { clients: ['x509_hash:aa', 'x509_hash:cc'] }),
  to('unlisted-key', { statement: 'main:1' }),
  { name: 'grant/sooner', component: PageLines, props: { page: { lines: sooner } } },
];
