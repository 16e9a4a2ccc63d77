/** What a hostile page could reach: nothing but the commands of its own window. Everything that build.rs and
 *  the plugins offer is tried through the same door that the page uses. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../harness/app';

const desktop = join(import.meta.dirname, '../../../app/desktop');

describe.each(['main', 'desk'])('a hostile page in the window “%s”', (window) => {
  let app: App;
  let elsewhere: Server;
  let visited: string[];
  beforeAll(async () => {
    visited = [];
    elsewhere = createServer((asked, answer) => {
      visited.push(asked.url ?? '');
      answer.setHeader('Access-Control-Allow-Origin', '*').setHeader('Content-Type', 'text/html').end('<title>elsewhere</title>');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    app = await App.start(`border-${window}`);
    await app.until('page', async () => (await app.text()).length > 0);
    if (window === 'desk') await openDesk(app);
  });
  afterAll(async () => {
    await app?.stop();
    elsewhere.close();
  });

  it('calls no command of another window', async () => {
    const granted = commandsOf(window);
    const others = ours().filter((command) => !granted.has(command));
    expect(others.length).toBeGreaterThan(0);
    const called: string[] = [];
    for (const command of others) {
      if (!isRefused(await app.invoke(command))) called.push(command);
    }
    expect(called).toEqual([]);
  });

  it('reaches no plugin but its ears for what the app tells', async () => {
    const all = ofPlugins();
    expect(all.length).toBeGreaterThan(100);
    const called: string[] = [];
    for (const command of all.filter((one) => !HEARING.has(one))) {
      if (!isRefused(await app.invoke(command))) called.push(command);
    }
    expect(called).toEqual([]);
  });

  it('calls nothing that is not listed', async () => {
    for (const command of ['no_such_command', 'plugin:shell|execute', 'plugin:fs|read_file', 'plugin:none|none']) {
      expect(isRefused(await app.invoke(command)), command).toBe(true);
    }
  });

  it('has no door left open to all scripts', async () => {
    expect(await app.driver.executeScript('return typeof window.__TAURI__')).toBe('undefined');
  });

  it('runs no script that came as text, and loads nothing from elsewhere', async () => {
    const address = `http://127.0.0.1:${(elsewhere.address() as { port: number }).port}`;
    const blocked = await app.driver.executeAsyncScript<string[]>(HOSTILE, address);
    expect(new Set(blocked)).toEqual(new Set(['connect-src', 'frame-src', 'img-src', 'script-src-elem', 'script-src-attr', 'style-src-elem', 'eval']));
    expect(visited).toEqual([]);
  });

  it('goes nowhere else, and opens no window', async () => {
    const before = await app.driver.getCurrentUrl();
    const address = `http://127.0.0.1:${(elsewhere.address() as { port: number }).port}/away`;
    await app.driver.executeScript('window.open(arguments[0]); location.href = arguments[0]', address);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await app.driver.getCurrentUrl()).toBe(before);
    expect(await app.driver.getAllWindowHandles()).toHaveLength(window === 'desk' ? 2 : 1);
    expect(visited).toEqual([]);
  });
});

/** The second window, where the driver then is. */
async function openDesk(app: App): Promise<void> {
  const first = await app.driver.getWindowHandle();
  expect(await app.invoke('desk_open')).toMatchObject({ ok: true });
  await app.until('second window', async () => (await app.driver.getAllWindowHandles()).length === 2);
  const second = (await app.driver.getAllWindowHandles()).find((one) => one !== first) ?? '';
  await app.driver.switchTo().window(second);
  await app.until('page of the desk', async () => (await app.text()).length > 0);
  expect(await app.driver.getCurrentUrl()).toContain('desk');
}

/** A page may hear what the app tells, and stop hearing. */
const HEARING = new Set(['plugin:event|listen', 'plugin:event|unlisten']);

/** Waits a moment for the reports of the content policy; what no report names is in no list. */
const HOSTILE = `
  const [address, done] = arguments;
  const blocked = [];
  document.addEventListener('securitypolicyviolation', (said) => blocked.push(said.effectiveDirective));
  const add = (tag, values) => document.body.append(Object.assign(document.createElement(tag), values));
  fetch(address + '/fetch').catch(() => {});
  add('iframe', { src: address + '/frame' });
  add('img', { src: address + '/picture' });
  add('script', { textContent: 'window.inline = true' });
  add('style', { textContent: 'body { display: none }' });
  const button = document.createElement('button');
  button.setAttribute('onclick', 'window.inline = true');
  document.body.append(button);
  button.click();
  try { window.eval('1'); } catch { blocked.push('eval'); }
  setTimeout(() => {
    if (window.inline) blocked.push('RAN');
    done(blocked.filter((one) => one !== 'script-src'));
  }, 1500);`;

function ours(): string[] {
  const text = readFileSync(join(desktop, 'build.rs'), 'utf8');
  const list = text.slice(text.indexOf('const COMMANDS'), text.indexOf('];'));
  return [...list.matchAll(/^\s*"(\w+)",/gm)].map((match) => match[1]!);
}

function commandsOf(window: string): Set<string> {
  const { permissions } = JSON.parse(readFileSync(join(desktop, `capabilities/${window}.json`), 'utf8'));
  const own = (permissions as string[]).filter((one) => one.startsWith('allow-'));
  return new Set(own.map((one) => one.slice('allow-'.length).replaceAll('-', '_')));
}

/** Every command of every plugin that is linked, by the manifests that the build wrote. */
function ofPlugins(): string[] {
  const manifests = JSON.parse(readFileSync(join(desktop, 'gen/schemas/acl-manifests.json'), 'utf8'));
  const found = new Set<string>();
  for (const [plugin, { permissions }] of Object.entries<Manifest>(manifests)) {
    if (plugin === '__app-acl__') continue;
    const name = plugin.replace(/^core:/, '');
    for (const { commands } of Object.values(permissions)) {
      for (const command of commands.allow) found.add(`plugin:${name}|${command}`);
    }
  }
  return [...found].sort();
}

interface Manifest {
  permissions: Record<string, { commands: { allow: string[] } }>;
}

/** What the border itself says, before any command of ours would run. */
function isRefused(told: { ok: boolean; error?: unknown }): boolean {
  return !told.ok && /not allowed|not found/.test(String(told.error));
}
