/** Granting first, over a relay: a code on the whole window with its countdown; the hospital (`chop`) claims,
 *  the window says by itself who it is and asks; another code is withdrawn before anybody claimed, and whoever
 *  holds it gets nothing. By mouse alone, and again by keyboard alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Key } from 'selenium-webdriver';
import { App, type Means } from '../harness/app';
import { people, type People } from '../harness/people';
import { chop, PASSPHRASE, Relay } from '../harness/programs';
import { audit, giveEach, unlock } from '../harness/story';
import type { Language } from '../harness/words';

const WALKS: [Language, Means][] = [['en', 'mouse'], ['zh-Hant', 'keyboard']];
const ALLERGIES = /allergies|過敏/i;

describe.each(WALKS)('an offer over a relay, %s, by %s alone', (language, by) => {
  let who: People;
  let relay: Relay;
  let app: App;
  beforeAll(async () => {
    who = await people(`offers-${language}`, language);
    relay = await Relay.start(who.resident.folder);
    app = await App.start(`offers-${language}`, { at: who.resident, language, by });
    await unlock(app);
  });
  afterAll(async () => {
    await app?.stop();
    relay?.stop();
  });

  it('wants a relay that says who it is', async () => {
    await app.act('button', app.t('room-grant'));
    await app.write(app.t('offer-relay-address'), relay.origin);
    await app.act('checkbox', app.t('offer-relay-own'));
    await app.act('button', app.t('offer-relay-ask'));
    await app.until('relay chosen', async () => (await app.text()).includes(relay.origin) && !(await app.has('button', app.t('offer-relay-ask'))));
  });

  it('is composed without code, read, and sealed', async () => {
    await compose();
    await app.see(app.t('offer-uses-left', { count: 1 }));
    const countdown = await app.driver.findElement({ css: 'time[role=timer]' });
    expect(await countdown.getText()).toMatch(/^\d+:\d\d$/);
  });

  it('is claimed: the window says by whom, asks, and follows it to the receipt', async () => {
    const [code] = await app.photographs('1-code');
    if (by === 'mouse') await app.act('button', app.t('code-large'));
    await app.shoot('offer');
    if (by === 'mouse') await app.type(Key.ESCAPE);
    const claiming = claim(code!, 'took');
    await app.the('button', app.t('offer-release'), 60_000);
    await app.shoot('claimed');
    await app.act('button', app.t('offer-release'));
    await app.see(app.t('offer-now-done'), 60_000);
    expect(await claiming).not.toBe('');
    await app.shoot('done');
  });

  it('is withdrawn before a claim, and whoever claims then gets nothing', async () => {
    await app.act('button', app.t('offer-all'));
    await app.see(app.t('offer-state-done'));
    await app.act('button', app.t('offer-new'));
    await compose();
    const [code] = await app.photographs('2-code');
    await app.act('button', app.t('offer-withdraw'));
    await app.see(app.t('offer-now-withdrawn'), 60_000);
    await app.shoot('withdrawn');
    await expect(claim(code!, 'nothing')).rejects.toThrow();
  });

  it('left a record that holds on both sides', async () => {
    await app.stop();
    await audit({ ...who.resident, cwd: who.resident.folder });
    await audit(who.hospital);
  });

  async function compose(): Promise<void> {
    await app.pick(app.t('offer-purpose'), 'employment.placement');
    const named = async () => (await app.names('checkbox')).find((name) => name.includes('Sample') || name.includes('示例'));
    await app.until('somebody of the trust list', async () => (await named()) !== undefined);
    await app.act('checkbox', (await named())!);
    await app.act('button', 'Patient summary');
    await app.act('checkbox', ALLERGIES);
    await app.write(app.t('offer-days'), '30');
    await app.write(app.t('offer-necessity'), 'The placement handles medicines 實習會接觸藥物');
    await app.write(app.t('offer-impact'), 'If it leaked, work could suffer 洩露會影響就業');
    await giveEach(app);
    if (await app.has('textbox', app.t('consent-passphrase'))) await app.write(app.t('consent-passphrase'), PASSPHRASE);
    await app.shoot('page');
    await app.act('button', app.t('offer-seal'));
    await app.see(app.t('offer-state-open'), 60_000);
  }

  const claim = (code: string, out: string) =>
    chop(who.hospital, 'claim', code, '--dcql', 'demo/offer.json', '--terms', 'demo/terms.json', '--out', out,
      '--relay', relay.origin, '--allow-host', relay.origin);
});
