/** One instance of the app with folders of its own, in the real window, driven through tauri-driver. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Builder, Capabilities, Key, error, type WebDriver, type WebElement } from 'selenium-webdriver';
import { Driver } from './driver';
import { chop, program, screens } from './programs';
import { find, focused, namesOf, textOf, type Role } from './page';
import { environment, isRunning, newPlace, picksOf, type Place } from './place';
import { Screen } from './screen';
import { film } from './video';
import { words, type Language } from './words';

/** Milliseconds for what a busy machine does: an act of the page, and one with Argon2 in it. */
const PATIENCE = 30_000;

export class App {
  private constructor(
    readonly name: string,
    readonly place: Place,
    readonly driver: WebDriver,
    private readonly native: Driver,
    private readonly screen: Screen,
    private language: Language,
    private by: Means,
  ) {}

  /** Starts the app. `at` is the place of an earlier one; `args` are typed after the folders; `ahead` are
   *  seconds that its clock is ahead of the machine's; `camera` is a video that it takes for its camera. */
  static async start(name: string, start: Start = {}): Promise<App> {
    const { at, args = [], language = 'en', by = 'mouse', binary = program('chop-desktop') } = start;
    const place = at ?? newPlace(name, language);
    const screen = await Screen.start(place.folder);
    const native = await Driver.start({ ...environment(place, start), DISPLAY: screen.display });
    const app = { application: binary, args: ['--space', place.space, '--keys', place.keys, ...args] };
    const wants = new Capabilities({ browserName: 'wry', 'tauri:options': app });
    try {
      const driver = await new Builder().usingServer(native.address).withCapabilities(wants).build();
      return new App(name, place, driver, native, screen, language, by);
    } catch (failed) {
      native.stop();
      screen.stop();
      throw failed;
    }
  }

  /** Closes the window; the folders stay until the process ends, for a second start. */
  async stop(): Promise<void> {
    await this.driver.quit().catch(() => undefined);
    this.native.stop();
    this.screen.stop();
    // Only then the space is free for another process.
    for (let tries = 0; tries < 100 && isRunning(this.place); tries++) await new Promise((next) => setTimeout(next, 100));
  }

  /** Closes its windows as the person does by their frames; then it ends by itself. */
  askToClose(): void {
    this.windows();
  }

  /** Waits for a dialog of the system before the window, takes a picture of the screen with it, and closes it. */
  async dismissDialog(name: string): Promise<void> {
    await this.until('dialog of the system', () => Promise.resolve(this.windows('see') > 0));
    await this.painted();
    this.shootScreen(name);
    this.windows('dialogs');
    await this.until('dialog gone', () => Promise.resolve(this.windows('see') === 0));
  }

  /** Closes the windows on the screen, or those that stand before another, or only sees those; how many. */
  private windows(...which: ('dialogs' | 'see')[]): number {
    return Number(execFileSync('python3', [join(import.meta.dirname, 'close.py'), this.screen.display, ...which]));
  }

  /** What the page says for a key of its words, in the language in use. */
  t(key: string, values: Record<string, string | number> = {}): string {
    return words(this.language, key, values);
  }

  /** From now on the walk reads the page in this language. */
  reads(language: Language): void {
    this.language = language;
  }

  /** From now on the walk goes by these means. */
  goesBy(by: Means): void {
    this.by = by;
  }

  /** Waits for an element by its role and its name, as a screen reader tells them. */
  async the(role: Role, name: string | RegExp, wait = PATIENCE): Promise<WebElement> {
    let found: WebElement | null = null;
    const wanted = `${role} “${name}”`;
    await this.until(wanted, async () => (found = await find(this.driver, role, name)) !== null, wait);
    return found!;
  }

  async has(role: Role, name: string | RegExp): Promise<boolean> {
    return (await find(this.driver, role, name)) !== null;
  }

  /** With the mouse. */
  async press(role: Role, name: string | RegExp): Promise<void> {
    await steadily(async () => {
      const element = await this.the(role, name);
      await this.driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', element);
      await element.click();
    });
  }

  /** With the mouse into a field, then typed; what was in it goes. */
  async fill(name: string | RegExp, value: string): Promise<void> {
    await steadily(async () => {
      const field = await this.the('textbox', name);
      await field.click();
      await this.overwrite(value);
      await field.isDisplayed(); // It is the field that took the keys, not one that has gone meanwhile.
    });
  }

  /** Chooses in a native list by the words of the option. */
  async choose(name: string | RegExp, option: string | RegExp): Promise<void> {
    await steadily(async () => {
      const list = await this.the('combobox', name);
      for (const one of await list.findElements({ css: 'option' })) {
        const text = (await one.getText()).trim();
        if (typeof option === 'string' ? text === option : option.test(text)) return one.click();
      }
      throw new Error(`no option ${option} in ${name}`);
    });
  }

  /** Chooses in a native list by the value of the option, by the means of this walk. */
  async pick(name: string | RegExp, value: string): Promise<void> {
    const chosen = async () => (await (await this.the('combobox', name)).getAttribute('value')) === value;
    const option = { css: `option[value="${value}"]` };
    await this.until(`option ${value} in ${name}`, async () => (await (await this.the('combobox', name)).findElements(option)).length > 0);
    if (this.by === 'mouse') {
      await steadily(async () => (await (await this.the('combobox', name)).findElement(option)).click());
    } else {
      await this.tabTo('combobox', name);
      const isBefore = await this.driver.executeScript<boolean>(
        'return [...arguments[0].options].findIndex((one) => one.value === arguments[1]) < arguments[0].selectedIndex',
        await this.the('combobox', name), value);
      for (let step = 0; step < 80 && !(await chosen()); step++) await this.type(isBefore ? Key.ARROW_UP : Key.ARROW_DOWN);
    }
    await this.until(`${value} chosen in ${name}`, chosen);
  }

  /** With the keyboard alone: Tab until the element has the focus, as a person would. */
  async tabTo(role: Role, name: string | RegExp, most = 120): Promise<void> {
    await this.the(role, name);
    const passed: string[] = [];
    for (let step = 0; step < most; step++) {
      const here = await focused(this.driver);
      if (here.role === role && matches(here.name, name)) return;
      passed.push(`${here.role} “${here.name}”`);
      await this.type(Key.TAB);
    }
    throw new Error(`Tab never came to ${role} “${name}”; it came past ${[...new Set(passed)].join(', ')}`);
  }

  /** Keys to whatever has the focus. */
  async type(...keys: string[]): Promise<void> {
    await this.driver.actions().sendKeys(...keys).perform();
  }

  /** Waits until the text is on the page. */
  async see(text: string | RegExp, wait = PATIENCE): Promise<void> {
    await this.until(`text “${text}”`, async () => matches(await textOf(this.driver), text), wait);
  }

  async text(): Promise<string> {
    return textOf(this.driver);
  }

  async until(what: string, is: () => Promise<boolean>, wait = PATIENCE): Promise<void> {
    const end = Date.now() + wait;
    while (!(await is().catch(() => false))) {
      if (Date.now() > end) {
        await this.shoot('failed').catch(() => undefined);
        throw new Error(`${this.name}: no ${what}; the page says: ${(await this.text().catch(String)).slice(0, 1500)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }

  /** What the dialogs of the system will answer, one for each time they are asked; several files as a list. */
  picks(...answers: (string | string[])[]): void {
    writeFileSync(picksOf(this.place), answers.map((files) => `${[files].flat().join('\t')}\n`).join(''));
  }

  /** Presses by the means of this walk. */
  async act(role: Role, name: string | RegExp): Promise<void> {
    if (this.by === 'mouse') return this.press(role, name);
    if (role === 'radio') return this.turnTo(name);
    if (role === 'tab') return this.turnTab(name);
    await this.tabTo(role, name);
    await this.type(role === 'checkbox' || role === 'switch' ? ' ' : Key.ENTER);
  }

  /** A group of radio buttons is one stop of Tab; arrows choose in it. */
  private async turnTo(name: string | RegExp): Promise<void> {
    const group = await (await this.the('radio', name)).getAttribute('name');
    for (let step = 0; step < 120; step++) {
      const here = await focused(this.driver);
      if (here.role === 'radio' && here.group === group) break;
      await this.type(Key.TAB);
    }
    for (let step = 0; step < 20; step++) {
      if (matches((await focused(this.driver)).name, name)) return this.type(' ');
      await this.type(Key.ARROW_DOWN);
    }
    throw new Error(`arrows never came to ${name}`);
  }

  /** A row of tabs is one stop of Tab; arrows go along it. */
  private async turnTab(name: string | RegExp): Promise<void> {
    await this.the('tab', name);
    for (let step = 0; step < 120 && (await focused(this.driver)).role !== 'tab'; step++) await this.type(Key.TAB);
    for (let step = 0; step < 20; step++) {
      if (matches((await focused(this.driver)).name, name)) return this.type(Key.ENTER);
      await this.type(Key.ARROW_RIGHT);
    }
    throw new Error(`arrows never came to the tab ${name}`);
  }

  /** Goes over to the window that was opened last: the verifier's counter. */
  async turnToSecondWindow(): Promise<void> {
    const first = await this.driver.getWindowHandle();
    await this.until('second window', async () => (await this.driver.getAllWindowHandles()).length === 2);
    const second = (await this.driver.getAllWindowHandles()).find((one) => one !== first) ?? '';
    await this.driver.switchTo().window(second);
  }

  /** Locks, and waits until the page was loaded anew: what is pressed before that is forgotten by it. */
  async lock(): Promise<void> {
    await this.driver.executeScript('window.chopOpened = true');
    await this.act('button', this.t('lock-now'));
    await this.until('page loaded anew', () => this.driver.executeScript<boolean>('return !window.chopOpened'));
  }

  /** Writes into a field by the means of this walk. */
  async write(name: string | RegExp, value: string): Promise<void> {
    if (this.by === 'mouse') return this.fill(name, value);
    await this.tabTo('textbox', name);
    await this.overwrite(value);
  }

  /** Types over whatever the field that has the focus says. */
  private async overwrite(value: string): Promise<void> {
    await this.driver.actions().keyDown(Key.CONTROL).sendKeys('a').keyUp(Key.CONTROL).sendKeys(value).perform();
  }

  /** The names of everything visible with a role, in the order of the page. */
  names(role: Role): Promise<string[]> {
    return namesOf(this.driver, role);
  }

  /** Photographs the code that is shown, every picture of it: the way of the light, without a camera. */
  async photographs(into: string): Promise<string[]> {
    const folder = join(this.place.folder, into);
    mkdirSync(folder, { recursive: true });
    return this.eachPicture((number) => {
      const file = join(folder, `${number}.png`);
      writeFileSync(file, this.screen.png());
      return file;
    });
  }

  /** Shows each picture beneath the window, where another program would lie, and scans the screen for it. */
  async scansScreen(pictures: string[]): Promise<void> {
    for (const picture of pictures) {
      const away = await this.screen.beneath(picture);
      const button = this.t('scan-screen');
      await this.act('button', button);
      // It is back, and has looked.
      await this.until('a look at the screen', async () => (await this.has('button', button)) || !(await this.text()).includes(button));
      away();
    }
  }

  /** Films the code that is shown, every picture of it, as a camera in front of the screen would. */
  async filmed(file: string): Promise<void> {
    writeFileSync(file, film(await this.eachPicture((_, middle) => this.screen.frame(middle))));
  }

  /** Takes each picture of the code that is shown, as large as the window allows. */
  private async eachPicture<T>(take: (number: number, middle: number) => T): Promise<T[]> {
    const shoot = async (number: number) => {
      const middle = await this.driver.executeScript<number>(`const code = document.querySelector('figure img');
        code.scrollIntoView({ block: 'center' });
        const { top, bottom } = code.getBoundingClientRect();
        return Math.round((top + bottom) / 2);`);
      await this.painted();
      return take(number, middle);
    };
    const canGrow = await this.has('button', this.t('code-large'));
    if (canGrow) await this.act('button', this.t('code-large'));
    const taken: T[] = [];
    // It may still stand since the last photographs.
    if (await this.has('button', this.t('qr-stop'))) await this.act('button', this.t('qr-stop'));
    if (await this.has('button', this.t('qr-next'))) {
      const of = Number(/\d+\D+(\d+)/.exec(await this.driver.findElement({ css: 'figcaption span' }).getText())?.[1]);
      for (let picture = 1; picture <= of; picture++) {
        taken.push(await shoot(picture));
        await this.act('button', this.t('qr-next'));
      }
    } else {
      taken.push(await shoot(1));
    }
    if (canGrow) await this.act('button', this.t('code-small'));
    return taken;
  }

  /** A picture of the window, for people: `target/screens/window/<instance>/<name>.png`. */
  async shoot(name: string): Promise<string> {
    await this.painted();
    const [width, height] = await this.driver.executeScript<[number, number]>('return [innerWidth, innerHeight]');
    return this.keep(name, this.screen.png({ width, height }));
  }

  /** A picture of the whole screen, with what does not belong to the page. */
  shootScreen(name: string): string {
    return this.keep(name, this.screen.png());
  }

  private keep(name: string, picture: Buffer): string {
    const folder = join(screens(), 'window', this.name);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${name}.png`);
    writeFileSync(file, picture);
    return file;
  }

  /** Two frames later what changed is on the screen. */
  private async painted(): Promise<void> {
    await this.driver.executeAsyncScript(
      'const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 120)))',
    );
  }

  /** Asks a command past the page, as a hostile script in it would. */
  async invoke(command: string, args: object = {}): Promise<Told> {
    return this.driver.executeAsyncScript<Told>(
      `const [command, args, done] = arguments;
       window.__TAURI_INTERNALS__.invoke(command, args).then(
         (answer) => done({ ok: true, answer }), (error) => done({ ok: false, error }))`,
      command,
      args,
    );
  }

  /** The command line over this instance's folders. The app must not hold the space open. */
  chop(...args: string[]): Promise<string> {
    return chop({ space: this.place.space, keys: this.place.keys, cwd: this.place.folder }, ...args);
  }
}

interface Start {
  at?: Place;
  args?: string[];
  ahead?: number;
  camera?: string;
  language?: Language;
  by?: Means;
  /** Another program than the app. */
  binary?: string;
}

/** A walk by the mouse alone, or by the keyboard alone. */
export type Means = 'mouse' | 'keyboard';

export type Told = { ok: true; answer: unknown } | { ok: false; error: unknown };

/** Does it again from the look for it when the page was drawn anew, or moved, between the look and the act. */
async function steadily(act: () => Promise<void>, tries = 20): Promise<void> {
  try {
    await act();
  } catch (failed) {
    if (!MOVED.some((kind) => failed instanceof kind) || tries === 1) throw failed;
    await new Promise((resolve) => setTimeout(resolve, 150));
    await steadily(act, tries - 1);
  }
}

const MOVED = [error.StaleElementReferenceError, error.ElementNotInteractableError, error.ElementClickInterceptedError];

function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}
