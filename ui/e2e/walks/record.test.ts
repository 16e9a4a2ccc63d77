/** The record and the recipients in the real window, over the samples: filtered, looked into, checked, proved to
 *  somebody else, a consent taken back, a letter printed. By mouse alone, and again by keyboard alone. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Key } from 'selenium-webdriver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App, type Means } from '../harness/app';
import { chop } from '../harness/programs';
import type { Language } from '../harness/words';

const WALKS: [Language, Means][] = [['en', 'mouse'], ['pt', 'keyboard']];

describe.each(WALKS)('the record, %s, by %s alone', (language, by) => {
  let app: App;
  const file = (name: string) => join(app.place.folder, name);
  beforeAll(async () => {
    app = await App.start(`record-${language}`, { language, by });
    await app.act('button', app.t('space-sample'));
    // Sixteen exchanges are played, each with its signatures.
    await app.the('button', app.t('room-record'), 280_000);
  }, 300_000);
  afterAll(() => app?.stop());

  it('is filtered, and every figure follows', async () => {
    await app.act('button', app.t('room-record'));
    await app.see(app.t('record-plot-months'));
    const all = await shown();
    expect(all.count).toBe(all.of);
    await app.shoot('record');
    await app.pick(app.t('record-filter-recipient'), '0');
    await app.until('fewer uses', async () => (await shown()).count < all.of);
    await app.pick(app.t('record-filter-recipient'), '');
    await app.pick(app.t('record-filter-stage'), 'used');
    await app.until('those that were used', async () => (await shown()).count < all.of);
    await app.shoot('filtered');
    await app.act('button', app.t('record-clear'));
    await app.until('all of them', async () => (await shown()).count === all.of);
  });

  it('tells one use step by step, and proves it to whoever asks', async () => {
    // Lines are drawn as one comes to them.
    if (by === 'keyboard') await app.type(Key.END);
    else await app.driver.executeScript(`document.querySelector('main p[role=status]').scrollIntoView()`);
    await app.act('button', new RegExp(`\\d:\\d\\d.*${app.t('record-stage-used')}`));
    await app.see(app.t('record-signed-used'));
    await app.shoot('use');
    await app.act('button', app.t('record-prove'));
    await app.the('checkbox', app.t('record-prove-credential'));
    app.picks(file('use.chop-proof'));
    await app.act('button', app.t('record-prove-save'));
    await app.see(app.t('record-saved', { name: 'use.chop-proof' }));
    // What is in it is checked by a program that never saw this space.
    const elsewhere = { space: file('none'), keys: file('none'), cwd: app.place.folder };
    expect(await chop(elsewhere, 'check', file('use.chop-proof'))).not.toBe('');
  });

  it('is checked from its first entry to its last', async () => {
    await app.act('button', app.t('room-record'));
    await app.act('tab', app.t('record-tab-check'));
    await app.act('button', app.t('record-check-now'));
    await app.see(app.t('record-check-good'), 90_000);
    app.picks(file('use.chop-proof'));
    await app.act('button', app.t('record-proof-open'));
    await app.see('use.chop-proof');
    expect(await app.text()).not.toContain(app.t('record-proof-bad'));
    await app.shoot('checked');
  });

  it('names a recipient with what it holds, and takes a consent back with a notice to hand over', async () => {
    await app.act('button', app.t('room-recipients'));
    await app.act('button', /Sample Hospital|Hospital de Amostra|Hospital Exemplo|Hospital/);
    await app.see(app.t('recipients-held-title'));
    await app.shoot('recipient');
    await app.act('button', app.t('recipients-act-withdraw'));
    await app.see(app.t('recipients-about-withdraw'));
    await app.shoot('withdraw');
    await app.act('button', app.t('recipients-act-withdraw'));
    app.picks(file('withdrawn.chop-notice'));
    await app.act('button', app.t('recipients-notice-save'));
    await app.until('notice', async () => existsSync(file('withdrawn.chop-notice')));
    await app.act('button', app.t('close'));
    await app.until('the dialog to go', async () => !(await app.text()).includes(app.t('recipients-about-withdraw')));
    await app.shoot('withdrawn');
  });

  it.runIf(by === 'mouse')('prints a letter by the dialog of the system, and goes on', async () => {
    await app.act('button', app.t('recipients-complain'));
    await app.act('button', app.t('recipients-case-open'));
    await app.act('button', app.t('recipients-letter'));
    await app.act('button', app.t('recipients-letter-print'));
    await app.dismissDialog('print');
    expect(await app.text()).not.toContain(app.t('recipients-not-printed'));
    await app.act('button', app.t('close'));
    await app.act('button', app.t('room-record'));
    await app.see(app.t('record-plot-months'));
  });

  async function shown(): Promise<{ count: number; of: number }> {
    const said = /(\d+)\D+(\d+)/.exec(await app.driver.findElement({ css: 'main p[role=status]' }).getText());
    return { count: Number(said?.[1]), of: Number(said?.[2]) };
  }
});
