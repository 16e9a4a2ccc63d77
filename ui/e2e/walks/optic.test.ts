/** The resident's story from screen to camera and back: the app is the resident, `chop` the hospital, and
 *  what passes between them are photographs of the window. In every language, by mouse alone and by keyboard
 *  alone. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App, type Means } from '../harness/app';
import { people, pictures, type People } from '../harness/people';
import { chop, PASSPHRASE } from '../harness/programs';
import type { Language } from '../harness/words';

const WALKS: [Language, Means][] = [['en', 'mouse'], ['zh-Hant', 'keyboard'], ['zh-Hans', 'mouse'], ['pt', 'keyboard']];

describe.each(WALKS)('one look, %s, by %s alone', (language, by) => {
  let who: People;
  let app: App;
  beforeAll(async () => {
    who = await people(`optic-${language}`, language);
    app = await App.start(`optic-${language}`, { at: who.resident, language, by });
  });
  afterAll(() => app?.stop());

  it('opens the space', async () => {
    await app.write(app.t('space-passphrase'), PASSPHRASE);
    await app.act('button', app.t('space-unlock'));
    await app.the('button', app.t('room-scan'));
    await app.shoot('shelves');
  });

  it('reads the request before anything happens', async () => {
    await chop(who.hospital, 'request', '--dcql', 'demo/ask.json', '--terms', 'demo/terms.json', '--out', '1-request');
    await app.act('button', app.t('room-scan'));
    await scan(pictures(join(who.resident.folder, '1-request')), 'scan-go-request');
    await app.see(app.t('consent-choose'));
    expect(await app.driver.findElements({ css: 'input[type=checkbox]:checked' })).toHaveLength(0);
    await app.shoot('request');
  });

  it('chooses, consents act by act, and seals', async () => {
    for (const claim of await firstOfEach()) await app.act('checkbox', claim);
    const give = app.t('consent-separate-give');
    await app.the('button', give);
    for (let acts = 0; acts < 6 && (await app.has('button', give)); acts++) {
      const before = (await app.names('button')).filter((name) => name === give).length;
      await app.act('button', give);
      await app.until('act', async () => (await app.names('button')).filter((name) => name === give).length < before);
    }
    await app.shoot('page');
    await app.act('button', app.t('consent-seal'));
    await app.see(app.t('exchange-wait-data'));
    await app.shoot('data');
  });

  it('gives the key only for a signature, and takes the receipt', async () => {
    const data = await app.photographs('2-data');
    await chop(who.hospital, 'receive', ...data, '--out', '3-acknowledgement');
    await scan(pictures(join(who.resident.folder, '3-acknowledgement')), 'exchange-take-acknowledgement');
    await app.see(app.t('exchange-wait-key'));
    const key = await app.photographs('4-key');
    await chop(who.hospital, 'open', ...key, '--out', '5-use');
    await scan(pictures(join(who.resident.folder, '5-use')), 'exchange-take-use');
    await app.see(app.t('exchange-done-used'));
    await app.shoot('done');
  });

  it('left a record that holds on both sides', async () => {
    await app.stop();
    await app.chop('audit');
    await chop(who.hospital, 'audit');
    expect((await app.chop('log')).split('\n').length).toBeGreaterThan(1);
  });

  async function scan(files: string[], go: string): Promise<void> {
    app.picks(files);
    await app.act('button', app.t('scan-files'));
    await app.act('button', app.t(go));
  }

  /** The first claim of each paper that can be given, by its name. */
  async function firstOfEach(): Promise<string[]> {
    return app.driver.executeScript(`return [...document.querySelectorAll('fieldset')].flatMap((paper) =>
      [...paper.querySelectorAll('input[type=checkbox]:not(:disabled)')].slice(0, 1).map((box) =>
        [...box.labels].map((label) => label.textContent.trim()).join(' ')))`);
  }
});
