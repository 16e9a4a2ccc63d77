import type { OfferCommands } from '../commands/offer';
import type { KeyView, OfferView, RelayView } from '../wire/offer';
import { sampleCode } from './code';
import { consent } from './consent';
import type { Handlers } from './index';

const in12 = () => Math.floor(Date.now() / 1000) + 720;

export const openOffer: OfferView = {
  id: 'a1b2', mode: 'live', state: 'open', peer: 'Sample Hospital', purpose: 'medical consultation',
  relay: 'https://relay.example', created: in12() - 900, expires: in12(), usesLeft: 1, others: 0, isOpen: true,
  canWithdraw: true, code: sampleCode(1), text: 'CHOP1:SAMPLE0000', link: 'https://relay.example/g#1234567890',
  claim: null, trouble: null, happened: [],
};
export const claimed: OfferView = {
  ...openOffer,
  claim: {
    name: 'Sample Hospital', legalId: 'USCC 124400000000000004', isListed: true,
    saysOfItself: 'Sample Hospital, outpatient clinic', fields: ['allergies and intolerances'], days: 30,
  },
};
export const doneOffer: OfferView = {
  ...openOffer, id: 'c3d4', state: 'done', usesLeft: 0, isOpen: false, canWithdraw: false, code: null, text: null, link: null,
};
export const relay: RelayView = { origin: 'https://relay.example', isOwnNetwork: false, hasAuthority: false };

/** What the gallery and tests set before they draw. */
export const offers: { now: OfferView; all: OfferView[]; relay: RelayView; key: KeyView } = {
  now: openOffer, all: [openOffer, doneOffer], relay, key: { name: 'Sample Laboratory', legalId: null, isListed: false },
};

export const offer: Handlers<OfferCommands> = {
  offer_relay: () => offers.relay,
  offer_set_relay: ({ origin, ownNetwork }) => (offers.relay = { ...offers.relay, origin, isOwnNetwork: ownNetwork }),
  offer_authority: () => (offers.relay = { ...offers.relay, hasAuthority: true }),
  offer_purposes: () => [
    { code: 'care.consultation', name: 'medical consultation', scenes: [['outpatient', 'outpatient clinic'], ['inpatient', 'hospital ward']], maxDays: 30 },
    { code: 'edu.admission', name: 'admission to studies', scenes: [['admission', 'admissions office']], maxDays: 180 },
  ],
  offer_directory: ({ words }) =>
    [
      { client: 'x509_hash:aa', name: 'Sample Hospital', legalId: 'USCC 124400000000000004', place: 'CN', publisher: 'Sample Trust List', isReachable: true },
      { client: 'x509_hash:bb', name: 'Sample University', legalId: 'BRN 00000002', place: 'HK', publisher: 'Sample Trust List', isReachable: true },
      { client: 'x509_hash:cc', name: 'Sample Clinic', legalId: 'USCC 124400000000000005', place: 'CN', publisher: 'Sample Trust List', isReachable: true },
      { client: 'x509_hash:dd', name: 'Sample Ward', legalId: 'USCC 124400000000000006', place: 'CN', publisher: 'Sample Trust List', isReachable: false },
    ].filter((party) => party.name.toLowerCase().includes(words.toLowerCase())),
  offer_key: () => offers.key,
  offer_items: () => [
    {
      item: '01', title: 'Patient summary', document: 'patient summary', isFile: false,
      fields: [
        { key: '48765-2', name: 'allergies and intolerances', isSensitive: true, isNeeded: true },
        { key: '10160-0', name: 'medication', isSensitive: true, isNeeded: true },
        { key: '10162-6', name: 'pregnancies', isSensitive: true, isNeeded: false },
      ],
    },
    { item: '02', title: 'letter.pdf', document: 'own item', isFile: true, fields: [{ key: 'file', name: 'letter.pdf', isSensitive: false, isNeeded: null }] },
  ],
  offer_page: async ({ text }) => {
    const places = Object.values(text.picks).flat().map((_, place) => place);
    const chosen = { claims: { summary: places }, items: {}, overrides: {}, asGuardian: false, notes: {} };
    return { sheet: '1', chosen, page: { ...(await consent.consent_page({ sheet: '1', chosen, reveal: false })), title: 'Your offer to Sample Hospital' } };
  },
  offer_make: () => (offers.now = openOffer),
  offer_list: () => offers.all,
  offer_open: () => offers.now,
  offer_answer: ({ yes }) => (offers.now = { ...offers.now, claim: null, state: yes ? 'answered' : 'open', usesLeft: yes ? 0 : 1 }),
  offer_withdraw: () => (offers.now = { ...doneOffer, state: 'withdrawn', happened: [{ what: 'revoked', about: null, at: in12() - 720 }] }),
  offer_try_again: () => offers.now,
};
