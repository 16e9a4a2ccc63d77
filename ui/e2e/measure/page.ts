/** What is measured inside the page, by the page's own clock. */
import { readFileSync } from 'node:fs';
import type { WebDriver } from 'selenium-webdriver';

/** Milliseconds from a press to the frame in which what is waited for was drawn. */
export async function press(driver: WebDriver, button: string, wanted: string): Promise<number> {
  const told = await driver.executeAsyncScript<number | string>(PRESS, button, wanted);
  if (typeof told === 'string') throw new Error(told);
  return told;
}

/** Shows pictures to the scanner, as somebody does who pastes them. */
export async function scan(driver: WebDriver, files: string[]): Promise<void> {
  for (const file of files) await driver.executeScript(PASTE, readFileSync(file).toString('base64'));
}

/** Scrolls a list to its end and gives the time between each two frames. Without `cards` the list is as long and
 *  empty: what the screen costs by itself. */
export async function frames(driver: WebDriver, cards: number | null): Promise<number[]> {
  await driver.manage().setTimeouts({ script: 300_000 });
  return driver.executeAsyncScript(SCROLL, cards);
}

const PRESS = `
  const [button, wanted, done] = arguments;
  const pressed = document.querySelector(button);
  if (!pressed || pressed.disabled || document.querySelector(wanted)) return done('nothing to press, or already there: ' + button + ' ' + wanted);
  const began = performance.now();
  const look = () => {
    const there = document.querySelector(wanted);
    const drawn = there && (there.tagName !== 'IMG' || (there.complete && there.naturalWidth > 0));
    // The callback comes before the drawing of its frame, a task posted from it after that.
    if (drawn) requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
    else if (performance.now() - began > 30000) done('never came: ' + wanted);
    else requestAnimationFrame(look);
  };
  pressed.click();
  look();`;

const PASTE = `
  const bytes = Uint8Array.from(atob(arguments[0]), (letter) => letter.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], 'code.png', { type: 'image/png' }));
  window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));`;

const SCROLL = `
  const [cards, done] = arguments;
  let list = document.querySelector('.list > *');
  if (!cards) {
    list = document.createElement('div');
    list.append(document.createElement('div'));
    list.style.cssText = 'height: 600px; overflow-y: auto';
    list.firstChild.style.height = '860000px';
    document.body.append(list);
  }
  const times = [];
  let [before, still] = [0, 0];
  const frame = (now) => {
    if (before) times.push(now - before);
    before = now;
    const from = list.scrollTop;
    list.scrollTop = from + 600;
    still = list.scrollTop === from ? still + 1 : 0;
    if (still < 60) requestAnimationFrame(frame);
    else done(times.slice(0, -60));
  };
  requestAnimationFrame(frame);`;
