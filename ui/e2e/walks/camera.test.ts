/** The page's own camera, as the app uses it elsewhere than on Linux: Chromium takes a video for its camera,
 *  the page opens it with `getUserMedia`, and what it hands over frame by frame is read by `chop`. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people, pictures, type People } from '../harness/people';
import { greyPng } from '../harness/png';
import { chop } from '../harness/programs';
import { coloured, film, HEIGHT, WIDTH } from '../harness/video';
import { words } from '../harness/words';

const dist = join(import.meta.dirname, '../../dist');
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const NOTHING = { progress: null, found: null, failure: null, trouble: null };

describe('a camera of the page, in Chromium', () => {
  let who: People;
  let browser: Browser;
  let server: Server;
  let codes: string[];
  const video = () => join(who.resident.folder, 'camera.y4m');
  beforeAll(async () => {
    who = await people('camera', 'en');
    await chop(who.hospital, 'request', '--dcql', 'demo/ask.json', '--terms', 'demo/terms.json', '--out', '1-request');
    codes = pictures(join(who.resident.folder, '1-request'));
    browser = await chromium.launch({
      executablePath: process.env.CHOP_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${video()}`],
    });
    server = createServer((asked, answer) => {
      const file = join(dist, new URL(asked.url ?? '/', 'http://localhost').pathname.replace(/\/$/, '/index.html'));
      if (!existsSync(file)) return void answer.writeHead(404).end();
      answer.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream').end(readFileSync(file));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it('reads a code of several frames, and the page says what was found', async () => {
    expect(codes.length).toBeGreaterThan(1);
    const page = await browser.newPage({ locale: 'en' });
    const seen = new Map<string, string>();
    let read = '';
    await page.exposeFunction('lens', async (base64: string, width: number) => {
      const grey = Buffer.from(base64, 'base64');
      const hash = createHash('sha256').update(grey).digest('hex');
      const progress = { ...NOTHING, progress: { received: seen.size, count: codes.length, missing: [] } };
      if (seen.has(hash)) return progress;
      const file = join(who.resident.folder, `frame-${seen.size}.png`);
      writeFileSync(file, greyPng(width, grey));
      seen.set(hash, file);
      if (seen.size < codes.length) return progress;
      // While one is missing `chop` says so, and the camera goes on.
      read = await chop({ ...who.resident, cwd: who.resident.folder }, 'look', ...seen.values()).catch(() => '');
      if (!read) return progress;
      return { ...NOTHING, found: { id: 'main:request', kind: 'request', about: null } };
    });
    await page.addInitScript(() => {
      const base64 = (bytes: Uint8Array) => {
        let text = '';
        for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
        return btoa(text);
      };
      Object.assign(window, { chopLens: (bytes: Uint8Array, width: number) => (window as never as Lens).lens(base64(bytes), width) });
    });
    await page.goto(`http://localhost:${(server.address() as { port: number }).port}/`);
    const frames = [];
    for (const code of codes) frames.push(coloured(Buffer.from(await page.evaluate(onPaper, { png: readFileSync(code, 'base64'), width: WIDTH, height: HEIGHT }), 'base64')));
    writeFileSync(video(), film(frames));
    await page.getByRole('button', { name: words('en', 'room-scan') }).click();
    await page.getByRole('button', { name: words('en', 'scan-camera') }).click();
    await page.getByText(words('en', 'scan-found', { what: words('en', 'scan-kind-request') })).waitFor({ timeout: 60_000 });
    expect(read).toContain('Sample Hospital');
  });
});

interface Lens {
  lens: (base64: string, width: number) => Promise<unknown>;
}

/** A code held before a camera: its grey, in the middle of a white frame. Runs in the page. */
async function onPaper({ png, width, height }: { png: string; width: number; height: number }): Promise<string> {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  const side = height - 40;
  context.drawImage(picture, (width - side) / 2, 20, side, side);
  const rgba = context.getImageData(0, 0, width, height).data;
  let text = '';
  for (let at = 0; at < rgba.length; at += 4) text += String.fromCharCode(rgba[at]!);
  return btoa(text);
}
