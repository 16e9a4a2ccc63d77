/** What a card says of itself in words: its badges, its issuer. */
import { t, when } from '../../i18n/index.svelte';
import type { Card, SealMark } from '../../wallet/wire/holdings';

export interface Mark {
  kind: 'valid' | 'warn' | 'bad' | 'info' | 'unknown';
  text: string;
}

const kinds = { valid: 'valid', invalid: 'bad', cannotCheck: 'unknown', stated: 'info' } as const;
const words = { valid: 'holdings-seal-valid', invalid: 'holdings-seal-invalid', cannotCheck: 'holdings-seal-unknown', stated: 'holdings-seal-stated' };

/** What a seal says in a word, or in the sentence that core has for it. */
export function markOfSeal(seal: SealMark, sentence?: string): Mark {
  return { kind: kinds[seal], text: sentence ?? t(words[seal]) };
}

/** Who signed it, by the name that a list vouches for; else what is true of a paper without one. */
export function issuerOf({ issuer, seal }: { issuer: string; seal: SealMark }): string {
  return issuer || t(seal === 'stated' ? 'holdings-own' : 'holdings-issuer-unknown');
}

/** The seal first, then what one should know before giving the card away. */
export function marksOf(card: Card): Mark[] {
  const marks = [markOfSeal(card.seal)];
  const day = card.expiresAt === null ? '' : when(card.expiresAt, 'day');
  if (card.validity === 'over') marks.push({ kind: 'bad', text: t('holdings-expired', { day }) });
  if (card.validity === 'soon') marks.push({ kind: 'warn', text: t('holdings-expires-soon', { day }) });
  if (card.version > 1) marks.push({ kind: 'info', text: t('holdings-version', { number: card.version }) });
  if (card.share === 'never') marks.push({ kind: 'unknown', text: t('holdings-share-never') });
  if (card.share === 'open') marks.push({ kind: 'warn', text: t('holdings-share-open') });
  return marks;
}
