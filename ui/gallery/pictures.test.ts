/** Every picture of the gallery in headless Chromium: axe finds nothing in either theme, every text fits in
 *  four languages at every size, and nothing is said on the console. Screenshots lie in `CHOP_SCREENS`. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whatDoesNotFit } from './fits';

const site = wanted('CHOP_GALLERY_DIR');
const screens = join(wanted('CHOP_SCREENS'), 'gallery');
const only = process.env.CHOP_PICTURES;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const LANGUAGES = ['en', 'zh-Hans', 'zh-Hant', 'pt'];
/** Twice as large is half the window in CSS pixels. */
const SIZES = [
  { name: '1024x700', width: 1024, height: 700 },
  { name: '1440x900', width: 1440, height: 900 },
  { name: '1440x900 at 200 %', width: 720, height: 450 },
  { name: '1024x700 at 200 %', width: 512, height: 350 },
];
const FIRST = SIZES[0]!;
/** `make test` looks at one language and at each theme; `scripts/gallery` by hand at everything. */
const languages = process.env.CI === 'true' ? LANGUAGES.filter((language) => language === 'pt') : LANGUAGES;

const browser: Browser = await chromium.launch({
  executablePath: process.env.CHOP_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
});
const names = await namesOfAll();
afterAll(() => browser.close());

describe.each(names.filter((name) => !only || name.startsWith(only)))('%s', (name) => {
  let page: Page;
  let said: string[];
  beforeAll(async () => ({ page, said } = await open()));
  afterAll(() => page.close());

  it.each(['light', 'dark'])('has no fault that axe finds, %s', async (theme) => {
    await draw(page, name, 'en', theme).finally(() => expect(said).toEqual([]));
    await shoot(page, name, 'en', theme);
    expect(await faults(page)).toEqual([]);
    expect(said).toEqual([]);
  });

  it.each(languages)('fits in %s', async (language) => {
    await draw(page, name, language, 'light').finally(() => expect(said).toEqual([]));
    if (language !== 'en') await shoot(page, name, language, 'light');
    const tight: Record<string, string[]> = {};
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.waitForTimeout(60);
      const found = await page.evaluate(whatDoesNotFit);
      if (found.length > 0) tight[size.name] = found;
    }
    expect(tight).toEqual({});
    expect(said).toEqual([]);
  });
});

it('has pictures', () => expect(names.length).toBeGreaterThan(0));

async function draw(page: Page, name: string, language: string, theme: string): Promise<void> {
  await page.setViewportSize(FIRST);
  await page.goto('about:blank');
  await page.goto(`http://gallery.test/index.html#picture=${name}&language=${language}&theme=${theme}`);
  await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: 15_000 });
}

async function shoot(page: Page, name: string, language: string, theme: string): Promise<void> {
  const folder = join(screens, name);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${language}-${theme}.png`) });
}

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    // A picture is a part of a page: landmarks and the first heading are judged on whole windows.
    const rules = { region: { enabled: false }, 'page-has-heading-one': { enabled: false } };
    return (await (window as never as { axe: typeof import('axe-core') }).axe.run(document, { rules })).violations;
  });
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
}

async function namesOfAll(): Promise<string[]> {
  const { page } = await open();
  await page.goto('http://gallery.test/index.html');
  await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: 15_000 });
  const names = await page.evaluate(() => document.documentElement.dataset.pictures);
  await page.close();
  return JSON.parse(names ?? '[]');
}

/** A page whose only host is the built gallery; whatever it says aloud is a fault. */
async function open(): Promise<{ page: Page; said: string[] }> {
  const page = await browser.newPage({ reducedMotion: 'reduce', viewport: FIRST });
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('console', (line) => void (['error', 'warning'].includes(line.type()) && said.push(line.text())));
  await page.route('**/*', (route) => {
    const { host, pathname } = new URL(route.request().url());
    if (host !== 'gallery.test') return route.abort();
    return pathname === '/favicon.ico' ? route.fulfill({ status: 204 }) : route.fulfill({ path: join(site, pathname) });
  });
  return { page, said };
}

function wanted(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; scripts/gallery sets it`);
  return value;
}
