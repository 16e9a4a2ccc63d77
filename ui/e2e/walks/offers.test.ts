/** Granting first, over a relay: a code on the whole window with its countdown; the hospital claims, once at a
 *  counter with a window of its own and once with `chop`; the window says by itself who it is and asks; another
 *  code is withdrawn before anybody claimed, and whoever holds it gets nothing. By mouse alone, and again by
 *  keyboard alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Key } from 'selenium-webdriver';
import { App, type Means } from '../harness/app';
import { people, placeOf, type People } from '../harness/people';
import { allow } from '../harness/place';
import { chop, PASSPHRASE, Relay } from '../harness/programs';
import { audit, giveEach, scanScreen, unlock } from '../harness/story';
import type { Language } from '../harness/words';

const WALKS: [Language, Means][] = [['en', 'mouse'], ['zh-Hant', 'keyboard']];
const ALLERGIES = /allergies|過敏/i;

describe.each(WALKS)('an offer over a relay, %s, by %s alone', (language, by) => {
  let who: People;
  let relay: Relay;
  let app: App;
  let clerk: App | undefined;
  beforeAll(async () => {
    who = await people(`offers-${language}`, language);
    relay = await Relay.start(who.resident.folder);
    app = await App.start(`offers-${language}`, { at: who.resident, language, by });
    await unlock(app);
  });
  afterAll(async () => {
    await Promise.all([app?.stop(), clerk?.stop()]);
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
    // Minutes and seconds with their units: bare, they would read as a time of day.
    expect(await countdown.getText()).toMatch(/^[^\d:]*\d+[^\d:]+\d+[^\d:]+$/);
  });

  it('is claimed: the window says by whom, asks, and follows it to the receipt', async () => {
    const [code] = await app.photographs('1-code');
    if (by === 'mouse') await app.act('button', app.t('code-large'));
    await app.shoot('offer');
    if (by === 'mouse') await app.type(Key.ESCAPE);
    const claiming = by === 'mouse' ? claimAtTheCounter(code!) : claim(code!, 'took');
    await app.the('button', app.t('offer-release'), 60_000);
    await app.shoot('claimed');
    await app.act('button', app.t('offer-release'));
    await app.see(app.t('offer-now-done'), 60_000);
    expect(await claiming).not.toBe('');
    await app.shoot('done');
    await clerk?.stop();
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
    // Fifteen minutes are the first choice; data of the highest level are offered for ten.
    await app.see(/15 minutes.*10 minutes|15 分鐘.*10 分鐘/);
    await app.driver.executeScript(`document.querySelector('.sooner').scrollIntoView({ block: 'center' })`);
    await app.shoot('sooner');
    await giveEach(app);
    if (await app.has('textbox', app.t('consent-passphrase'))) await app.write(app.t('consent-passphrase'), PASSPHRASE);
    await app.shoot('page');
    await app.act('button', app.t('offer-seal'));
    await app.see(app.t('offer-state-open'), 60_000);
  }

  /** What a clerk sees, from the request without code to the data; what was taken in the end. */
  async function claimAtTheCounter(code: string): Promise<string> {
    const place = placeOf(who.hospital, 'zh-Hans');
    allow(place, relay.origin);
    clerk = await App.start('offers-counter', { at: place, language: 'zh-Hans', by });
    await unlock(clerk);
    await clerk.act('button', clerk.t('open-desk'));
    await clerk.turnToSecondWindow();
    await clerk.pick(clerk.t('desk-purpose'), 'employment.placement');
    await clerk.pick(clerk.t('desk-scene'), 'placement');
    await clerk.write(clerk.t('desk-necessity'), 'The placement handles medicines 实习会接触药物');
    await clerk.write(clerk.t('desk-impact'), 'If it leaked, work could suffer 泄露会影响就业');
    await clerk.write(clerk.t('desk-refusal'), 'Paper will do 可改交纸本');
    await clerk.act('button', clerk.t('desk-least'));
    // More than was offered would be refused.
    for (const more of ['姓名', '学位', '平均绩点', '用药']) await clerk.act('checkbox', more);
    await clerk.act('tab', clerk.t('desk-scan'));
    // It lies behind both windows of the clerk's.
    await scanScreen(clerk, [code], 'next');
    await clerk.shoot('found');
    await clerk.act('button', clerk.t('desk-claim'));
    await clerk.see(clerk.t('desk-verified'), 90_000);
    await clerk.shoot('taken');
    // What the summary says of its findings is in the clerk's words.
    await clerk.see(/已证实/);
    return clerk.text();
  }

  const claim = (code: string, out: string) =>
    chop(who.hospital, 'claim', code, '--dcql', 'demo/offer.json', '--terms', 'demo/terms.json', '--out', out,
      '--relay', relay.origin, '--allow-host', relay.origin);
});
