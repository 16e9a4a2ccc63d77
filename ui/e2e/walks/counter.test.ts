/** Two people with the app: a resident, and a clerk at a counter who asks without code. What passes between
 *  them are photographs of the other's window; in one of the two the request is filmed, in the other it lies on
 *  the resident's screen behind the window. An hour later, by a clock that goes ahead, the counter's clock destroys
 *  what it kept, and the resident scans the signature for that. By mouse alone, and again by keyboard alone. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App, type Means } from '../harness/app';
import { people, placeOf, type People } from '../harness/people';
import { audit, chooseFirstOfEach, giveEach, scan, scanScreen, seal, unlock } from '../harness/story';
import type { Language } from '../harness/words';

const WALKS: [Means, Language, Language][] = [['mouse', 'zh-Hans', 'en'], ['keyboard', 'pt', 'zh-Hant']];
/** What is taken for a look alone may stay for fifteen minutes (`LOOK_SECONDS`). */
const AN_HOUR = 3600;

describe.each(WALKS)('a counter, by %s alone, resident %s, clerk %s', (by, spoken, atCounter) => {
  let who: People;
  let resident: App;
  let clerk: App;
  const camera = () => join(who.resident.folder, 'camera.y4m');
  const startResident = (ahead = 0) =>
    App.start(`resident-${by}`, { at: who.resident, language: spoken, by, ahead, camera: camera() });
  const startClerk = async (ahead = 0) => {
    clerk = await App.start(`clerk-${by}`, { at: clerk?.place ?? placeOf(who.hospital, atCounter), language: atCounter, by, ahead });
    await unlock(clerk);
    await clerk.act('button', clerk.t('open-desk'));
    await clerk.turnToSecondWindow();
    await clerk.the('tab', clerk.t('desk-ask'));
  };
  beforeAll(async () => {
    who = await people(`counter-${by}`, spoken);
    resident = await startResident();
  });
  afterAll(async () => {
    await resident?.stop();
    await clerk?.stop();
  });

  it('opens both spaces, and the counter in a window of its own', async () => {
    await unlock(resident);
    await startClerk();
  });

  it('builds a request without code', async () => {
    await clerk.pick(clerk.t('desk-purpose'), 'employment.placement');
    await clerk.pick(clerk.t('desk-scene'), 'placement');
    await clerk.write(clerk.t('desk-necessity'), 'The placement handles medicines 实习会接触药物');
    await clerk.write(clerk.t('desk-impact'), 'If it leaked, work could suffer 泄露会影响就业');
    await clerk.write(clerk.t('desk-refusal'), 'Paper will do 可改交纸本');
    await clerk.act('button', clerk.t('desk-least'));
    await clerk.see(clerk.t('desk-asks-for'));
    await clerk.shoot('ask');
    await clerk.act('button', clerk.t('desk-make'));
    await clerk.see(clerk.t('desk-show-requested'));
    await clerk.shoot('request');
  });

  it('is answered by the resident', async () => {
    await resident.act('button', resident.t('room-scan'));
    if (by === 'mouse') {
      await clerk.filmed(camera());
      await resident.act('button', resident.t('scan-camera'));
      await resident.act('button', resident.t('scan-go-request'));
    } else {
      await scanScreen(resident, await clerk.photographs('1-request'), 'scan-go-request');
    }
    await resident.see(resident.t('consent-choose'));
    await chooseFirstOfEach(resident);
    await giveEach(resident);
    await resident.shoot('page');
    await seal(resident);
  });

  it('passes data, acknowledgement, key and receipt from window to window', async () => {
    await scan(clerk, await resident.photographs('2-data'), 'desk-take');
    await clerk.see(clerk.t('desk-show-acknowledged'));
    await scan(resident, await clerk.photographs('3-acknowledgement'), 'exchange-take-acknowledgement');
    await resident.see(resident.t('exchange-wait-key'));
    await scan(clerk, await resident.photographs('4-key'), 'desk-take');
    await clerk.see(clerk.t('desk-verified'));
    await clerk.shoot('taken');
    await scan(resident, await clerk.photographs('5-use'), 'exchange-take-use');
    await resident.see(resident.t('exchange-done-used'));
    await resident.shoot('done');
  });

  it('says in its own record what it took, and until when it keeps it', async () => {
    await clerk.act('button', clerk.t('back'));
    await clerk.act('tab', clerk.t('desk-list'));
    await clerk.the('button', new RegExp(clerk.t('desk-state-accepted')));
    await clerk.shoot('record');
    await clerk.act('tab', clerk.t('desk-kept'));
    await clerk.act('button', clerk.t('desk-look'));
    await clerk.see(clerk.t('desk-verified'));
  });

  it('destroys what is due by itself, signs for it, and the resident takes that in', async () => {
    await Promise.all([clerk.stop(), resident.stop()]);
    [resident] = [await startResident(AN_HOUR), await startClerk(AN_HOUR)];
    await clerk.act('tab', clerk.t('desk-kept'));
    await clerk.see(clerk.t('desk-kept-empty'));
    await clerk.act('tab', clerk.t('desk-list'));
    await clerk.act('button', new RegExp(clerk.t('desk-state-erased')));
    await clerk.see(clerk.t('desk-show-erased'));
    expect(await clerk.text()).not.toContain(clerk.t('desk-verified'));
    await clerk.shoot('erased');
    await unlock(resident);
    await resident.act('button', resident.t('room-scan'));
    await scan(resident, await clerk.photographs('6-erased'), 'scan-go-exchange');
    await resident.see(resident.t('exchange-done-erased-by-verifier'));
    await resident.shoot('erased');
  });

  it('left a record that holds on both sides', async () => {
    await Promise.all([clerk.stop(), resident.stop()]);
    await audit({ ...who.resident, cwd: who.resident.folder });
    await audit(who.hospital);
    expect(await resident.chop('log')).not.toBe('');
  });
});
