import { t } from '../../i18n/index.svelte';
import type { ConsentAct, Trust } from '../../wallet/wire/recipients';

type Kind = 'valid' | 'warn' | 'bad' | 'info' | 'unknown';

/** What stands behind a name: a word and a shape beside the colour. */
export function trustBadge(trust: Trust): { kind: Kind; text: string } {
  switch (trust) {
    case 'listed':
      return { kind: 'valid', text: t('recipients-trust-listed') };
    case 'changed':
      return { kind: 'bad', text: t('recipients-trust-changed') };
    case 'unlisted':
      return { kind: 'warn', text: t('recipients-trust-unlisted') };
    case 'open':
      return { kind: 'unknown', text: t('recipients-trust-open') };
    case 'unjudged':
      return { kind: 'unknown', text: t('recipients-trust-unjudged') };
    case 'broken':
      return { kind: 'bad', text: t('recipients-trust-broken') };
  }
}

export function actWords(act: ConsentAct): string {
  switch (act) {
    case 'pause':
      return t('recipients-act-pause');
    case 'resume':
      return t('recipients-act-resume');
    case 'withdraw':
      return t('recipients-act-withdraw');
    case 'ask-deletion':
      return t('recipients-act-ask-deletion');
    case 'deleted':
      return t('recipients-act-deleted');
    case 'deletion-refused':
      return t('recipients-act-deletion-refused');
    case 'ended':
      return t('recipients-act-ended');
    case 'void':
      return t('recipients-act-void');
    case 'pledge':
      return t('recipients-act-pledge');
    case 'pledge-kept':
      return t('recipients-act-pledge-kept');
    case 'close':
      return t('recipients-act-close');
  }
}

/** What an act does and cannot do, said before it is done. */
export function actAbout(act: ConsentAct): string {
  switch (act) {
    case 'pause':
      return t('recipients-about-pause');
    case 'resume':
      return t('recipients-about-resume');
    case 'withdraw':
      return t('recipients-about-withdraw');
    case 'ask-deletion':
      return t('recipients-about-ask-deletion');
    case 'deleted':
      return t('recipients-about-deleted');
    case 'deletion-refused':
      return t('recipients-about-deletion-refused');
    case 'ended':
      return t('recipients-about-ended');
    case 'void':
      return t('recipients-about-void');
    case 'pledge':
      return t('recipients-about-pledge');
    case 'pledge-kept':
      return t('recipients-about-pledge-kept');
    case 'close':
      return t('recipients-about-close');
  }
}

/** Acts that want words: a reason, or what is promised. */
export function wantsText(act: ConsentAct): boolean {
  return act === 'withdraw' || mustSay(act);
}

export function mustSay(act: ConsentAct): boolean {
  return act === 'deletion-refused' || act === 'ended' || act === 'void' || act === 'pledge';
}

/** A clock in words and a shape, never by colour alone. */
export function clock(daysLeft: number | null, isOverdue: boolean): { kind: Kind; text: string } | undefined {
  if (isOverdue) return { kind: 'bad', text: t('recipients-days-over', { count: Math.abs(daysLeft ?? 1) }) };
  if (daysLeft === null) return undefined;
  return { kind: daysLeft <= 7 ? 'warn' : 'info', text: t('recipients-days-left', { count: daysLeft }) };
}
