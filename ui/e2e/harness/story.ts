/** What both sides of the story do again and again, by the means of their walk. */
import type { App } from './app';
import { chop, PASSPHRASE, type Side } from './programs';

/** Opens the space that the app was started with. */
export async function unlock(app: App): Promise<void> {
  await app.write(app.t('space-passphrase'), PASSPHRASE);
  await app.act('button', app.t('space-unlock'));
  await app.the('button', app.t('room-scan'), 90_000);
}

/** Scans pictures that lie on the screen behind the window, and goes on by the button whose words are `go`. */
export async function scanScreen(app: App, files: string[], go: string): Promise<void> {
  await app.scansScreen(files);
  await app.act('button', app.t(go));
}

/** Scans pictures from files, and goes on by the button whose words are `go`. */
export async function scan(app: App, files: string[], go: string): Promise<void> {
  app.picks(files);
  await app.act('button', app.t('scan-files'));
  await app.act('button', app.t(go));
}

/** Ticks the first claim of each paper that can be given; nothing was ticked before. */
export async function chooseFirstOfEach(app: App): Promise<void> {
  const names = await app.driver.executeScript<string[]>(`return [...document.querySelectorAll('fieldset')].flatMap(
    (paper) => [...paper.querySelectorAll('input[type=checkbox]:not(:disabled)')].slice(0, 1).map((box) =>
      [...box.labels].map((label) => label.innerText.replace(/\\s+/g, ' ').trim()).join(' ')))`);
  for (const name of names) await app.act('checkbox', name);
}

/** Gives each separate consent, one act after another. */
export async function giveEach(app: App): Promise<void> {
  const give = app.t('consent-separate-give');
  const open = async () => (await app.names('button')).filter((name) => name === give).length;
  await app.the('button', give);
  for (let left = await open(); left > 0; left = await open()) {
    await app.act('button', give);
    await app.until('act', async () => (await open()) < left);
  }
}

/** Shows once more that the holder is here, where that is asked, and presses the seal. */
export async function seal(app: App): Promise<void> {
  const again = app.t('consent-passphrase');
  if (await app.has('textbox', again)) await app.write(again, PASSPHRASE);
  const button = await app.the('button', app.t('consent-seal'));
  await app.driver.executeScript(`arguments[0].scrollIntoView({ block: 'end' }); scrollBy(0, 32)`, button);
  await app.shoot('seal');
  await app.act('button', app.t('consent-seal'));
  await app.see(app.t('exchange-wait-data'), 90_000);
}

/** Re-checks a side's whole record at the command line, once the window that was closed has let go of it. */
export async function audit(side: Side): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return void (await chop(side, 'audit'));
    } catch (failed) {
      if (tries === 50 || !String(failed).includes('vault.in-use')) throw failed;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
