/** A link instead of a code: a verifier serves a page, the resident pastes its link, compares the number on both
 *  screens, and the answer leaves with the seal. What comes back is a signed receipt. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../harness/app';
import { freePort } from '../harness/driver';
import { people, type People } from '../harness/people';
import { allow } from '../harness/place';
import { PASSPHRASE, ServedVerifier } from '../harness/programs';
import { audit, chooseFirstOfEach, giveEach, unlock } from '../harness/story';

describe('a request by a link, in Portuguese', () => {
  let who: People;
  let served: ServedVerifier;
  let app: App;
  beforeAll(async () => {
    who = await people('link', 'pt');
    served = await ServedVerifier.start(who.hospital, await freePort());
    allow(who.resident, served.origin);
    app = await App.start('link', { at: who.resident, language: 'pt' });
    await unlock(app);
  });
  afterAll(async () => {
    await app?.stop();
    served?.stop();
  });

  it('is fetched once its address was shown, read, and sealed with the number of the other screen', async () => {
    const { link, stands } = await served.screen();
    await app.act('button', app.t('room-scan'));
    await app.act('button', app.t('scan-type'));
    await app.write(app.t('scan-text'), link);
    await app.act('button', app.t('scan-read'));
    await app.see(app.t('scan-kind-request-link'));
    await app.shoot('found');
    await app.act('button', app.t('scan-go-request-link'));
    await app.see(app.t('consent-choose'));
    await chooseFirstOfEach(app);
    await giveEach(app);
    const { number } = await stands();
    expect(await app.driver.findElement({ css: '.digits' }).getText()).toBe(number);
    await app.write(app.t('consent-number-there'), number);
    if (await app.has('textbox', app.t('consent-passphrase'))) await app.write(app.t('consent-passphrase'), PASSPHRASE);
    await app.shoot('page');
    await app.act('button', app.t('consent-seal'));
    await app.see(app.t('exchange-done-used'), 60_000);
    await app.shoot('posted');
  });

  it('left a record that holds', async () => {
    await app.stop();
    await audit({ ...who.resident, cwd: who.resident.folder });
    expect(await app.chop('log')).not.toBe('');
  });
});
