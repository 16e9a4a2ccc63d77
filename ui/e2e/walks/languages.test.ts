/** A space from nothing: made, its kit kept, locked, opened again. In every language. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App, type Means } from '../harness/app';
import { settingsOf } from '../harness/place';
import { PASSPHRASE } from '../harness/programs';
import type { Language } from '../harness/words';

const WALKS: [Language, Means][] = [['en', 'keyboard'], ['zh-Hant', 'mouse'], ['zh-Hans', 'keyboard'], ['pt', 'mouse']];

describe.each(WALKS)('a space, %s, by %s alone', (language, by) => {
  let app: App;
  beforeAll(async () => {
    app = await App.start(`languages-${language}`, { language, by });
  });
  afterAll(() => app?.stop());

  it('is made, and its recovery kit is kept', async () => {
    await app.the('button', app.t('space-create'));
    await app.shoot('welcome');
    await app.act('button', app.t('space-create'));
    await app.act('radio', app.t('space-kind-person'));
    await app.act('radio', app.t('space-place-hk'));
    await app.write(app.t('space-label'), 'Resident 居民');
    await app.write(new RegExp(`^${app.t('space-passphrase')}`), PASSPHRASE);
    await app.write(app.t('space-passphrase-again'), PASSPHRASE);
    await app.shoot('create');
    await app.act('button', app.t('space-make'));
    await app.see(app.t('space-kit-use').slice(0, 12), 90_000);
    await app.shoot('kit');
    const code = await app.driver.findElement({ css: '.code' }).getText();
    await app.write(app.t('space-kit-confirm'), code.trim().split('-').at(-1) ?? '');
    await app.act('button', app.t('space-kit-done'));
    await app.the('button', app.t('room-shelves'));
    await app.shoot('first');
  });

  it('locks, says no to another passphrase, and opens to its own', async () => {
    await app.lock();
    await app.the('textbox', app.t('space-passphrase'));
    expect(await app.text()).not.toContain(app.t('room-record'));
    await app.shoot('locked');
    await app.write(app.t('space-passphrase'), 'not that one');
    await app.act('button', app.t('space-unlock'));
    await app.see(app.t('failure-next'));
    await app.write(app.t('space-passphrase'), PASSPHRASE);
    await app.act('button', app.t('space-unlock'));
    await app.the('button', app.t('room-shelves'));
  });

  it('speaks another language at once, and remembers', async () => {
    const other: Language = language === 'pt' ? 'en' : 'pt';
    await app.lock();
    await app.the('textbox', app.t('space-passphrase'));
    await app.choose(app.t('language'), other === 'pt' ? 'Português' : 'English');
    app.reads(other);
    await app.the('textbox', app.t('space-passphrase'));
    expect(settingsOf(app.place).language).toBe(other);
  });
});
