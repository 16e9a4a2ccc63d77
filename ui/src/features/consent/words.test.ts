/** Words that the page names by a word of the app's: none is missing in any language. */
import { describe, expect, it } from 'vitest';
import { languages, speak, t } from '../../i18n/index.svelte';
import type { SheetWay } from '../../wallet/wire/consent';
import type { Posted } from '../../wallet/wire/exchange';
import type { OfferMode } from '../../wallet/wire/offer';
import type { FoundKind, ScanTrouble } from '../../wallet/wire/scan';
import { order } from './page';

// Records, so that a word that is added there and not here does not compile.
const kinds: Record<FoundKind, 0> = {
  request: 0, data: 0, acknowledgement: 0, key: 0, use: 0, refused: 0, erased: 0, offer: 0, 'request-link': 0, 'issuer-link': 0,
  credential: 0, 'trust-list': 0, pack: 0, 'key-statement': 0, notice: 0, backup: 0, proof: 0, text: 0,
};
const troubles: Record<ScanTrouble, 0> = {
  'no-code': 0, 'picture-too-large': 0, 'picture-broken': 0, 'file-unreadable': 0, 'file-too-large': 0, 'file-unknown': 0,
  'clipboard-empty': 0, 'no-screen': 0, 'no-camera': 0, 'camera-not-allowed': 0, 'camera-busy': 0, 'camera-other-form': 0, 'camera-gone': 0,
};
const ways: Record<SheetWay, 0> = { optic: 0, online: 0, offer: 0 };
const posted: Record<Posted, 0> = { used: 0, refused: 0, 'no-receipt': 0, 'not-taken': 0, 'bad-receipt': 0 };
const modes: Record<OfferMode, 0> = { live: 0, sealed: 0, files: 0 };
const states = ['spent', 'acked', 'used', 'refused-by-verifier', 'declined', 'withdrawn', 'frozen', 'sent', 'delivered'];
const offerStates = ['made', 'open', 'answered', 'delivered', 'acknowledged', 'released', 'done', 'withdrawing', 'withdrawn', 'expired', 'frozen', 'rejecting'];
const happened = ['claim-refused', 'another-claim', 'revoked', 'already-released', 'strange', 'relay-fault', 'relay-refused'];

const keys = [
  ...Object.keys(kinds).map((kind) => `scan-kind-${kind}`),
  ...['offer', 'request-link', 'credential', 'text'].map((kind) => `scan-about-${kind}`),
  ...Object.keys(troubles).flatMap((trouble) => [`scan-trouble-${trouble}`, `scan-trouble-${trouble}-now`]),
  ...Object.keys(ways).map((way) => `consent-way-${way}`),
  ...order.map((section) => `consent-section-${section}`),
  ...['choice', 'blocked', 'separate', 'reason', 'passphrase', 'number'].map((one) => `consent-missing-${one}`),
  ...states.map((state) => `exchange-state-${state}`),
  ...states.filter((state) => !['spent', 'acked', 'sent'].includes(state)).map((state) => `exchange-done-${state}`),
  ...Object.keys(posted).map((one) => `exchange-posted-${one}`),
  ...['data', 'key'].flatMap((what) => [`exchange-show-${what}`, `exchange-wait-${what}`, `exchange-wait-${what}-why`]),
  ...offerStates.flatMap((state) => [`offer-state-${state}`, `offer-now-${state}`]),
  ...happened.map((what) => `offer-happened-${what}`),
  ...Object.keys(modes).map((mode) => `offer-mode-${mode}`),
];

describe('words named by the app', () => {
  it.each(languages)('%s has them all', (language) => {
    speak(language);
    expect(keys.filter((key) => t(key, { about: '', time: '' }) === key)).toEqual([]);
  });
});
