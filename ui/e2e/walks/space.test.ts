/** The first room in the real window: a space is made, its kit kept, locked, opened, backed up, restored and
 *  recovered; the samples are looked around in and left; the settings are shown. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../harness/app';
import { SecretService } from '../harness/programs';

const PASSPHRASE = 'kelp umbrella nineteen sofa quartz';
const NEXT = 'violet tractor absent monsoon cup';

describe('the first room', () => {
  let app: App;
  let code = '';
  beforeAll(async () => void (app = await App.start('space')));
  afterAll(() => app.stop());

  it('makes a space and shows its kit once', async () => {
    await app.see(app.t('space-welcome'));
    await app.shoot('first');
    await app.press('button', new RegExp(app.t('space-create-hint')));
    await app.press('radio', new RegExp(app.t('space-kind-person')));
    await app.press('radio', app.t('space-place-hk'));
    await app.fill(app.t('space-label'), '陳小明');
    await app.fill(app.t('space-passphrase'), PASSPHRASE);
    await app.fill(app.t('space-passphrase-again'), PASSPHRASE);
    await app.see(app.t('space-strength-4'));
    await app.shoot('create');
    await app.press('button', app.t('space-make'));
    await app.see(app.t('space-kit-lead'), 60_000);
    await app.shoot('kit');
    code = /([0-9A-Z]{4}-){8}[0-9A-Z]{4}/.exec(await app.text())?.[0] ?? '';
    const file = join(app.place.folder, 'kit.html');
    app.picks(file);
    await app.press('button', app.t('space-kit-save'));
    await app.see(app.t('space-kit-saved'));
    expect(readFileSync(file, 'utf8')).toContain(code);
    await app.fill(app.t('space-kit-confirm'), 'AAAA');
    await app.press('button', app.t('space-kit-done'));
    await app.see(app.t('space-kit-wrong'));
    await app.fill(app.t('space-kit-confirm'), code.slice(-4));
    await app.press('button', app.t('space-kit-done'));
    await app.the('button', app.t('lock-now'));
    expect(await app.text()).not.toContain(code);
  });

  it('backs up, locks, and says in words that a passphrase is wrong', async () => {
    await app.press('button', app.t('room-settings'));
    await app.press('tab', app.t('settings-backup'));
    await app.fill(app.t('settings-backup-passphrase'), NEXT);
    await app.fill(app.t('space-passphrase-again'), NEXT);
    const file = join(app.place.folder, 'my.chop-backup');
    app.picks(file);
    await app.press('button', app.t('settings-backup-now'));
    await app.see(app.t('settings-backup-done'), 60_000);
    expect(existsSync(file)).toBe(true);
    await app.lock();
    await app.the('button', app.t('space-forgot'));
    await app.fill(app.t('space-passphrase'), 'wrong');
    await app.press('button', app.t('space-unlock'));
    await app.see('vault.wrong-passphrase', 60_000);
    await app.shoot('wrong');
    await app.fill(app.t('space-passphrase'), PASSPHRASE);
    await app.press('button', app.t('space-unlock'));
    await app.the('button', app.t('lock-now'), 60_000);
  });

  it('opens by the key store of the system, until that is turned off', async () => {
    const store = await SecretService.start(app.place.folder);
    await app.press('button', app.t('room-settings'));
    await app.press('tab', app.t('settings-lock'));
    await app.press('button', app.t('settings-turn-on'));
    await app.the('button', app.t('settings-turn-off'));
    await app.shoot('key-store');
    await app.lock();
    await app.press('button', app.t('space-unlock-key-store'));
    await app.press('button', app.t('room-settings'));
    await app.press('tab', app.t('settings-lock'));
    await app.press('button', app.t('settings-turn-off'));
    await app.the('button', app.t('settings-turn-on'));
    store.stop();
  });

  it('comes back with its code and a new passphrase', async () => {
    await app.lock();
    await app.press('button', app.t('space-forgot'));
    await app.fill(app.t('space-code'), code.toLowerCase());
    await app.fill(app.t('space-passphrase-new'), NEXT);
    await app.fill(app.t('space-passphrase-again'), NEXT);
    await app.press('button', app.t('space-recover'));
    await app.the('button', app.t('lock-now'), 60_000);
  });

  it('has what was copied in the clipboard until it locks, and nothing of it after', async () => {
    await app.press('button', app.t('room-settings'));
    await app.press('tab', app.t('settings-space'));
    await app.press('button', app.t('copy'));
    await app.press('button', app.t('room-scan'));
    await app.press('button', app.t('scan-clipboard'));
    await app.see(app.t('scan-found', { what: app.t('scan-kind-text') }));
    await app.lock();
    await app.fill(app.t('space-passphrase'), NEXT);
    await app.press('button', app.t('space-unlock'));
    await app.the('button', app.t('lock-now'), 60_000);
    await app.press('button', app.t('room-scan'));
    await app.press('button', app.t('scan-clipboard'));
    await app.see(app.t('scan-trouble-clipboard-empty'));
  });

  it('comes back from its backup into a folder of its own', async () => {
    await app.lock();
    await app.press('button', app.t('space-restore'));
    app.picks(join(app.place.folder, 'my.chop-backup'));
    await app.press('button', app.t('space-restore-pick'));
    await app.fill(app.t('space-restore-passphrase'), NEXT);
    await app.press('button', app.t('space-restore-go'));
    await app.the('button', app.t('lock-now'), 60_000);
    expect(existsSync(`${app.place.space}-2/space.json`)).toBe(true);
  });

  it('comes back from it once more, by the keyboard alone', async () => {
    app.goesBy('keyboard');
    await app.lock();
    await app.act('button', app.t('space-restore'));
    app.picks(join(app.place.folder, 'my.chop-backup'));
    await app.act('button', app.t('space-restore-pick'));
    await app.write(app.t('space-restore-passphrase'), NEXT);
    await app.act('button', app.t('space-restore-go'));
    await app.the('button', app.t('lock-now'), 60_000);
    expect(existsSync(`${app.place.space}-3/space.json`)).toBe(true);
    app.goesBy('mouse');
  });

  it('opens the samples under a banner, in four languages, and leaves them', async () => {
    await app.lock();
    await app.press('button', app.t('space-sample'));
    await app.see(app.t('sample-banner'), 180_000);
    await app.shoot('samples');
    await app.press('button', app.t('room-settings'));
    for (const language of ['zh-Hans', 'zh-Hant', 'pt', 'en'] as const) {
      await app.choose(app.t('language'), { 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文', pt: 'Português', en: 'English' }[language]);
      app.reads(language);
      await app.see(app.t('sample-banner'));
      await app.press('tab', app.t('settings-trust'));
      await app.see(app.t('settings-trust-lead'));
      await app.shoot(`settings-${language}`);
      await app.press('tab', app.t('settings-general'));
    }
    await app.press('button', app.t('sample-leave'));
    await app.the('button', app.t('space-forgot'));
  });
});
