import { t } from '../../i18n/index.svelte';
import type { SignedStage, Stage } from '../../wallet/wire/record';

/** Each stage has a word, and a shape beside its colour. */
export function stageBadge(stage: Stage): { kind: 'valid' | 'warn' | 'bad' | 'info' | 'unknown'; text: string } {
  switch (stage) {
    case 'offered':
      return { kind: 'info', text: t('record-stage-offered') };
    case 'granted':
      return { kind: 'info', text: t('record-stage-granted') };
    case 'acknowledged':
      return { kind: 'warn', text: t('record-stage-acknowledged') };
    case 'unconfirmed':
      return { kind: 'unknown', text: t('record-stage-unconfirmed') };
    case 'used':
      return { kind: 'valid', text: t('record-stage-used') };
    case 'erased':
      return { kind: 'valid', text: t('record-stage-erased') };
    case 'refused':
      return { kind: 'bad', text: t('record-stage-refused') };
    case 'declined':
      return { kind: 'info', text: t('record-stage-declined') };
    case 'withdrawn':
      return { kind: 'info', text: t('record-stage-withdrawn') };
  }
}

export function signedWords(stage: SignedStage): string {
  switch (stage) {
    case 'acknowledged':
      return t('record-signed-acknowledged');
    case 'used':
      return t('record-signed-used');
    case 'refused':
      return t('record-signed-refused');
    case 'erased':
      return t('record-signed-erased');
  }
}
