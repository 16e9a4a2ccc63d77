/** The shelves in the real window: found as one types, masked until held, looked at before it is kept, a large
 *  file stopped half way, shown on the screen, erased. */
import { closeSync, openSync, ftruncateSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Key } from 'selenium-webdriver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../harness/app';
import { LANGUAGES } from '../harness/words';

const MIB = 1024 * 1024;

describe('the shelves, in the real window', () => {
  let app: App;
  beforeAll(async () => {
    app = await App.start('holdings');
    await app.press('button', app.t('space-sample'));
    // Sixteen exchanges are played, each with its signatures.
    await app.the('button', /identity card/, 280_000);
  }, 300_000);
  afterAll(() => app?.stop());

  it('find a card as one types, and go to it by the keyboard', async () => {
    await app.shoot('shelves');
    await app.type('/');
    await app.type('transcr');
    await app.until('the one that fits', async () => (await app.names('button')).filter((name) => /Sample: /.test(name)).length === 1);
    await app.type(Key.ARROW_DOWN);
    await app.type(Key.ENTER);
    await app.see(app.t('holdings-seen'));
    await app.shoot('transcript');
    await app.press('button', app.t('back'));
  });

  it('show a value only while it is held', async () => {
    await app.press('button', /identity card/);
    const value = await app.the('button', /^Citizen identity number/);
    expect(await app.text()).not.toContain('44000019900101001X');
    await app.driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', value);
    await app.driver.actions().move({ origin: value }).press().perform();
    await app.see('44000019900101001X');
    await app.shoot('held');
    await app.driver.actions().release().perform();
    await app.until('the mask', async () => !(await app.text()).includes('44000019900101001X'));
  });

  it('show a card on the screen, with its line in the record', async () => {
    await app.press('button', app.t('holdings-show'));
    // The fields come first: a room that has just opened takes the focus to its start.
    await app.press('checkbox', 'Name');
    await app.fill(app.t('holdings-show-to'), 'Sample Bank');
    await app.press('button', app.t('holdings-show-now'));
    await app.see('张示例');
    expect(await app.text()).not.toContain('44000019900101001X');
    await app.shoot('shown');
    await app.type(Key.ESCAPE);
    await app.see('Sample Bank');
    await app.press('button', app.t('back'));
  });

  it('keep a broken picture as a file, and undo it', async () => {
    const icon = readFileSync(join(import.meta.dirname, '../../../app/desktop/icons/128x128.png'));
    const broken = join(app.place.folder, 'broken.png');
    writeFileSync(broken, icon.subarray(0, icon.length / 2));
    await app.press('button', app.t('holdings-add'));
    app.picks(broken);
    await app.press('button', app.t('holdings-pick'));
    await app.see(app.t('holdings-picture-unread'));
    await app.shoot('broken');
    await app.press('button', app.t('holdings-keep'));
    await app.press('button', app.t('holdings-undo'));
    await app.see(app.t('holdings-undone'));
  });

  it('stop a file of 100 MiB half way, while the window answers', async () => {
    const large = join(app.place.folder, 'large.bin');
    const file = openSync(large, 'w');
    ftruncateSync(file, 100 * MIB);
    closeSync(file);
    app.picks(large);
    await app.press('button', app.t('holdings-pick'));
    await app.press('button', app.t('holdings-keep'));
    await app.see('100 MB');
    await app.shoot('large');
    await app.press('button', app.t('cancel'));
    await app.see(app.t('holdings-stopped'));
    await app.press('button', app.t('room-shelves'));
    await app.press('button', app.t('holdings-data'));
    await app.the('button', /referral letter/);
    expect(await app.has('button', /large\.bin/)).toBe(false);
  });

  it('keep a record that was checked while it was written', async () => {
    await app.press('button', app.t('holdings-write'));
    await app.until('the forms', async () => (await app.driver.findElements({ css: 'option' })).length > 18);
    await app.choose(app.t('holdings-write-form'), /resident identity card/i);
    await app.fill('Citizen identity number', '440000199001010010');
    await app.see('check digit');
    await app.fill('Citizen identity number', '44000019900101001X');
    await app.until('no fault', async () => !(await app.text()).includes('check digit is'));
    await app.shoot('written');
    await app.press('button', app.t('holdings-keep'));
    await app.see(app.t('holdings-from-holder'));
    expect(await app.text()).not.toContain('Public security authorities');
  });

  it('erase only after the word was typed', async () => {
    await app.press('button', app.t('holdings-erase'));
    await app.see(app.t('holdings-erase-reach'));
    await app.shoot('erase');
    await app.fill(app.t('holdings-erase-type', { word: app.t('holdings-erase-word') }), app.t('holdings-erase-word'));
    await app.type(Key.ENTER);
    await app.the('button', app.t('holdings-add'));
  });

  it.each(LANGUAGES)('are named in %s', async (language) => {
    await app.invoke('shell_set_language', { language });
    app.reads(language);
    await app.driver.navigate().refresh();
    await app.the('button', app.t('holdings-add'));
    await app.shoot(`shelves-${language}`);
  });
});
