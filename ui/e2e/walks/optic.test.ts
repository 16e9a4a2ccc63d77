/** The resident's story from screen to camera and back: the app is the resident, `chop` the hospital, and
 *  what passes between them are photographs of the window. By mouse alone and by keyboard alone; in the other
 *  two languages against a counter in a window (`counter.test.ts`). */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App, type Means } from '../harness/app';
import { people, pictures, type People } from '../harness/people';
import { chop } from '../harness/programs';
import { audit, chooseFirstOfEach, giveEach, scan, seal, unlock } from '../harness/story';
import type { Language } from '../harness/words';

const WALKS: [Language, Means][] = [['en', 'mouse'], ['zh-Hant', 'keyboard']];

describe.each(WALKS)('one look, %s, by %s alone', (language, by) => {
  let who: People;
  let app: App;
  beforeAll(async () => {
    who = await people(`optic-${language}`, language);
    app = await App.start(`optic-${language}`, { at: who.resident, language, by });
  });
  afterAll(() => app?.stop());

  it('opens the space', async () => {
    await unlock(app);
    await app.shoot('shelves');
  });

  it('reads the request before anything happens', async () => {
    await chop(who.hospital, 'request', '--dcql', 'demo/ask.json', '--terms', 'demo/terms.json', '--out', '1-request');
    await app.act('button', app.t('room-scan'));
    await scan(app, pictures(join(who.resident.folder, '1-request')), 'scan-go-request');
    await app.see(app.t('consent-choose'));
    expect(await app.driver.findElements({ css: 'input[type=checkbox]:checked' })).toHaveLength(0);
    await app.shoot('request');
  });

  it('chooses, consents act by act, and seals', async () => {
    await chooseFirstOfEach(app);
    await giveEach(app);
    await app.shoot('page');
    await seal(app);
    await app.shoot('data');
  });

  it('gives the key only for a signature, and takes the receipt', async () => {
    const data = await app.photographs('2-data');
    await chop(who.hospital, 'receive', ...data, '--out', '3-acknowledgement');
    await scan(app, pictures(join(who.resident.folder, '3-acknowledgement')), 'exchange-take-acknowledgement');
    await app.see(app.t('exchange-wait-key'));
    const key = await app.photographs('4-key');
    await chop(who.hospital, 'open', ...key, '--out', '5-use');
    await scan(app, pictures(join(who.resident.folder, '5-use')), 'exchange-take-use');
    await app.see(app.t('exchange-done-used'));
    await app.shoot('done');
  });

  it('left a record that holds on both sides', async () => {
    await app.stop();
    await audit({ ...who.resident, cwd: who.resident.folder });
    await audit(who.hospital);
    expect((await app.chop('log')).split('\n').length).toBeGreaterThan(1);
  });
});
