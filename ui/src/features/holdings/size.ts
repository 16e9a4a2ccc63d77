import { count, t } from '../../i18n/index.svelte';

/** Bytes as people say them. */
export function bytes(value: number): string {
  if (value < 1024) return t('holdings-bytes', { size: count(value) });
  if (value < 1024 * 1024) return t('holdings-kib', { size: count(Math.round(value / 1024)) });
  return t('holdings-mib', { size: count(Math.round((value / 1024 / 1024) * 10) / 10) });
}
