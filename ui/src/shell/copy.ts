/** Copies by way of the app, which clears the clipboard again. */
import { toast } from 'svelte-sonner';
import { t } from '../i18n/index.svelte';
import { call } from '../wallet';
import { shell } from './shell.svelte';

export async function copy(text: string): Promise<void> {
  const seconds = shell()?.settings.clipboardSeconds ?? 0;
  if (await call('shell_copy', { text })) toast.success(seconds > 0 ? t('copied', { seconds }) : t('copied-until-lock'));
  else toast.error(t('copy-failed'));
}
