/** What goes to paper, in headless Chromium: the letter and the recovery kit alone, on one sheet, black on
 *  white whatever the theme. PDFs lie in `CHOP_SCREENS`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';

const site = process.env.CHOP_GALLERY_DIR ?? '';
const papers = join(process.env.CHOP_SCREENS ?? '', 'paper');
const only = process.env.CHOP_PICTURES ?? '';
const all = [
  { name: 'recipients/letter', paper: '.letter', language: 'pt' },
  { name: 'recipients/letter', paper: '.letter', language: 'zh-Hant' },
  { name: 'space/kit', paper: '.paper', language: 'zh-Hans' },
];
const browser = await chromium.launch({
  executablePath: process.env.CHOP_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
});
afterAll(() => browser.close());

describe.each(all.filter(({ name }) => name.startsWith(only) || only === 'print'))('$name, $language', ({ name, paper, language }) => {
  it.each(['light', 'dark'])('is alone on its sheet, %s', async (theme) => {
    const page = await browser.newPage({ reducedMotion: 'reduce', viewport: { width: 1024, height: 700 } });
    await page.route('**/*', (route) => {
      const { host, pathname } = new URL(route.request().url());
      if (host !== 'gallery.test') return route.abort();
      return pathname === '/favicon.ico' ? route.fulfill({ status: 204 }) : route.fulfill({ path: join(site, pathname) });
    });
    await page.goto(`http://gallery.test/index.html#picture=${name}&language=${language}&theme=${theme}`);
    await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: 15_000 });
    await page.emulateMedia({ media: 'print' });
    const seen = await page.evaluate((of) => {
      const sheet = document.querySelector(of);
      const shown = [...document.querySelectorAll('h1, h2, h3, p, button, label, input, img, dd')].filter((one) => (one as HTMLElement).checkVisibility({ visibilityProperty: true }));
      const style = sheet && getComputedStyle(sheet);
      return { beside: shown.filter((one) => !sheet?.contains(one)).map((one) => one.outerHTML.slice(0, 120)), within: shown.length, ink: style?.color, ground: style?.backgroundColor };
    }, paper);
    expect(seen.beside).toEqual([]);
    expect(seen.within).toBeGreaterThan(3);
    const pdf = await page.pdf({ format: 'A4', printBackground: true });
    mkdirSync(papers, { recursive: true });
    writeFileSync(join(papers, `${name.replace('/', '-')}-${language}-${theme}.pdf`), pdf);
    await page.screenshot({ path: join(papers, `${name.replace('/', '-')}-${language}-${theme}.png`), fullPage: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    const light = (color: string | undefined) => (color ?? '').match(/\d+/g)?.slice(0, 3).reduce((sum, part) => sum + Number(part), 0) ?? -1;
    expect(light(seen.ink)).toBeLessThan(200);
    expect(light(seen.ground)).toBeGreaterThan(700);
    await page.close();
  });
});

it('has papers', () => expect(all.length).toBeGreaterThan(0));
