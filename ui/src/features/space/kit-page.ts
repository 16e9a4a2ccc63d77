/** The recovery kit as a page of its own: no script, nothing loaded from anywhere, one sheet of paper. */
import { language, t, when } from '../../i18n/index.svelte';
import type { RecoveryKit } from '../../wallet/wire/space';

export function kitPage(kit: RecoveryKit, now: number): string {
  const qr = `data:image/svg+xml,${encodeURIComponent(kit.qr.frames[0] ?? '')}`;
  return `<!doctype html>
<html lang="${language()}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escape(t('space-kit-title'))}</title>
<style>body{font:16px/1.5 sans-serif;max-width:40em;margin:3em auto;padding:0 1em;color:#1f1b16}
code{font:600 22px/1.6 monospace;overflow-wrap:anywhere}img{width:60mm;height:60mm}@page{margin:20mm}</style></head><body>
<h1>${escape(t('space-kit-of', { label: kit.label }))}</h1>
<p><code>${escape(kit.code)}</code></p>
<p><img alt="${escape(t('space-kit-qr'))}" src="${qr}"></p>
<p>${escape(t('space-kit-use'))}</p>
<p>${escape(t('space-kit-made', { day: when(now, 'day') }))} · ${escape(kit.space)}</p>
</body></html>
`;
}

function escape(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (c) => entities[c] ?? c);
}
