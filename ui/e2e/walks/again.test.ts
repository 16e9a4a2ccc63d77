/** Started again: a second start over the same folder hands its link or file over to the first and ends; a later
 *  one opens the window as it was left. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../harness/app';
import { environment, newPlace, type Place } from '../harness/place';
import { PASSPHRASE, chop, program } from '../harness/programs';

describe('a second start', () => {
  let place: Place;
  let app: App;
  beforeAll(async () => {
    place = newPlace('again');
    const args = ['--label', 'Resident', '--place', 'HK', '--recovery-out', 'resident.recovery'];
    await chop({ ...place, cwd: place.folder }, 'space', 'create', ...args);
    app = await App.start('again', { at: place });
  });
  afterAll(() => app?.stop());

  it('keeps a link for the open space, and ends', async () => {
    await app.the('textbox', app.t('space-passphrase'));
    expect(await startAgain(place, 'chop:nothing-of-ours')).toBe(0);
    // What was handed over stands before the rooms at once.
    await app.fill(app.t('space-passphrase'), PASSPHRASE);
    await app.act('button', app.t('space-unlock'));
    await app.see(app.t('opened-title'));
    expect(await app.driver.getAllWindowHandles()).toHaveLength(1);
    await app.press('button', app.t('close'));
  });

  it('hands over a file while the space is open', async () => {
    const file = join(place.folder, 'list.chop-trust');
    writeFileSync(file, 'text');
    expect(await startAgain(place, file)).toBe(0);
    await app.see(app.t('opened-trust', { name: 'list.chop-trust' }));
    await app.shoot('handed-over');
  });

  it('opens the window as large as it was left', async () => {
    await app.driver.manage().window().setRect({ x: 0, y: 0, width: 903, height: 617 });
    const size = () => app.driver.executeScript<number[]>('return [innerWidth, innerHeight]');
    await app.until('smaller window', async () => (await size())[0] === 903);
    const left = await size();
    app.askToClose();
    const kept = () => statesIn(place).some((text) => text.includes('903'));
    await expect.poll(kept, { timeout: 30_000 }).toBe(true);
    await app.stop();
    app = await App.start('again', { at: place });
    await app.the('textbox', app.t('space-passphrase'));
    expect(await size()).toEqual(left);
  });
});

/** Starts the app over the same folders; its exit code. */
function startAgain(place: Place, what: string): Promise<number | null> {
  const args = ['--space', place.space, '--keys', place.keys, what];
  return new Promise((resolve) => {
    const child = execFile(program('chop-desktop'), args, { env: environment(place), timeout: 30_000 });
    child.once('exit', resolve);
  });
}

/** What the app wrote of its windows. */
function statesIn({ folder }: Place): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('window-state.json'));
  return files.map((file) => join(folder, file)).filter(existsSync).map((file) => readFileSync(file, 'utf8'));
}
