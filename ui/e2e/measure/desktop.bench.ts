/** The rows of the desktop: start, unlock, scroll, memory, seal. What is started is what is shipped. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../harness/app';
import { people, pictures, type People } from '../harness/people';
import { environment, newPlace, type Place } from '../harness/place';
import { PASSPHRASE, chop } from '../harness/programs';
import { Screen } from '../harness/screen';
import { chooseFirstOfEach, giveEach, unlock } from '../harness/story';
import { memoryOf } from './memory';
import { frames, press, scan } from './page';
import { median, percentile, tell, wanted } from './rows';
import { firstPicture } from './screen';

const [STARTS, SCROLLS, UNLOCKS, SEALS, CARDS] = [10, 3, 5, 5, 10_000];
/** Milliseconds. */
const REST = 10_000;
const ours = wanted('CHOP_SHIPPED');
const empty = wanted('CHOP_EMPTY');

/** Folders with a space of so many items on one shelf. */
async function placeWith(count: number): Promise<Place> {
  const place = newPlace(`with-${count}`);
  const side = { ...place, cwd: place.folder };
  await chop(side, 'space', 'create', '--label', 'Resident', '--place', 'HK', '--recovery-out', 'resident.recovery');
  if (count > 0) execFileSync(wanted('CHOP_FILL'), ['fill', place.space, PASSPHRASE, `${count}`]);
  return place;
}

describe('start', () => {
  it('shows its first room', async () => {
    const place = await placeWith(0);
    const env = { ...environment(place), TAURI_WEBVIEW_AUTOMATION: undefined };
    const screen = await Screen.start(place.folder);
    const [mine, theirs]: [number[], number[]] = [[], []];
    const args = ['--space', place.space, '--keys', place.keys];
    try {
      // The first of each reads the files from the disk and is not counted.
      for (let round = 0; round <= STARTS; round++) {
        const pair = [await firstPicture(screen, ours, args, env), await firstPicture(screen, empty, [], env)];
        if (round > 0) (mine.push(pair[0]!), theirs.push(pair[1]!));
      }
    } finally {
      screen.stop();
    }
    const [start, emptyStart] = [median(mine), median(theirs)];
    tell({ name: 'process start to first usable screen | 1 s', ours: start, reference: 1000, limit: 1, unit: 'ms' });
    tell({ name: 'process start to first usable screen | an empty Tauri window', ours: start, reference: emptyStart, limit: 2, unit: 'ms' });
  });
});

describe('ten thousand cards', () => {
  let app: App;
  let emptyMemory: number;
  let emptyFrames: number[];
  beforeAll(async () => {
    const blank = await App.start('empty', { binary: empty });
    await blank.see('An empty window');
    await rest();
    emptyMemory = memoryOf(empty, blank.place.space);
    emptyFrames = await frames(blank.driver, null);
    await blank.stop();
    app = await App.start('many', { binary: ours, at: await placeWith(CARDS) });
  });
  afterAll(() => app?.stop());

  it('take memory', async () => {
    await unlock(app);
    await rest();
    const memory = memoryOf(ours, app.place.space);
    tell({ name: 'memory with 10,000 items | an empty Tauri window', ours: memory, reference: emptyMemory, limit: 1.5, unit: 'MiB' });
  });

  it('scroll by', async () => {
    const longest: number[] = [];
    for (let round = 0; round < SCROLLS; round++) {
      const times = await frames(app.driver, CARDS);
      longest.push(Math.max(...times));
      // All of them came by: a row of three is at least 100 high.
      expect(await app.driver.executeScript<number>("return document.querySelector('.list > *').scrollHeight")).toBeGreaterThan((CARDS / 3) * 100);
      console.log(`${times.length} frames: of 10,000 cards ${told(times)} ms, of nothing ${told(emptyFrames)} ms (50th, 95th, 99th, 100th)`);
      // Another shelf and back: the cards are asked for again from the top.
      await app.press('button', app.t('holdings-data'));
      await app.see(app.t('holdings-empty-data'));
      await app.press('button', app.t('holdings-credentials'));
      await app.until('cards', () => app.driver.executeScript("return document.querySelector('[data-card]') !== null"));
    }
    tell({ name: 'longest frame while 10,000 cards scroll by | 50 ms', ours: median(longest), reference: 50, limit: 1, unit: 'ms' });
    await rest();
    console.log(`after that the app takes ${memoryOf(ours, app.place.space).toFixed(0)} MiB`);
  });

  it('are there after unlocking', async () => {
    const [wrong, right]: [number[], number[]] = [[], []];
    for (let round = 0; round < UNLOCKS; round++) {
      await app.press('button', app.t('lock-now'));
      await app.the('textbox', app.t('space-passphrase'));
      // A wrong passphrase costs the same derivation, and nothing after it.
      await app.write(app.t('space-passphrase'), 'not this one');
      wrong.push(await press(app.driver, 'button[type=submit]', '[role=alert]'));
      await app.write(app.t('space-passphrase'), PASSPHRASE);
      right.push(await press(app.driver, 'button[type=submit]', '[data-card]'));
    }
    const after = median(right) - median(wrong);
    tell({ name: 'unlock to shelves with 10,000 items, after key derivation | 300 ms', ours: after, reference: 300, limit: 1, unit: 'ms' });
  });
});

function told(times: number[]): string {
  return [50, 95, 99, 100].map((percent) => percentile(times, percent).toFixed(0)).join(' / ');
}

/** Until what was made on the way has gone. */
function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, REST));
}

describe('the seal', () => {
  let who: People;
  let app: App;
  beforeAll(async () => {
    who = await people('seal', 'en');
    app = await App.start('seal', { binary: ours, at: who.resident });
    await unlock(app);
  });
  afterAll(() => app?.stop());

  it('is a code on the screen', async () => {
    const [wrong, right]: [number[], number[]] = [[], []];
    for (let round = 0; round < SEALS; round++) {
      await chop(who.hospital, 'request', '--dcql', 'demo/ask.json', '--terms', 'demo/terms.json', '--out', `request-${round}`);
      await app.press('button', app.t('room-scan'));
      // Before that the room that is left would take what is pasted.
      await app.see(app.t('scan-lead'));
      await scan(app.driver, pictures(join(who.resident.folder, `request-${round}`)));
      await app.press('button', app.t('scan-go-request'));
      await app.see(app.t('consent-choose'));
      await chooseFirstOfEach(app);
      await giveEach(app);
      await app.write(app.t('consent-passphrase'), 'not this one');
      wrong.push(await press(app.driver, 'button.seal', '.failure'));
      await app.write(app.t('consent-passphrase'), PASSPHRASE);
      right.push(await press(app.driver, 'button.seal', 'figure img'));
    }
    const after = median(right) - median(wrong);
    tell({ name: 'seal pressed to a code on the screen, after key derivation | 50 ms', ours: after, reference: 50, limit: 1, unit: 'ms' });
  });
});
