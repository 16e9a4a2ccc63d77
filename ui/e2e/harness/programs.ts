/** What `scripts/window build` built: the app, `chop`, the relay; and where pictures go. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './driver';

export const PASSPHRASE = 'a long passphrase, only for this walk';

export function program(name: 'chop' | 'chop-desktop' | 'chop-relay'): string {
  return join(wanted('CHOP_BIN'), name);
}

export function tool(name: string): string {
  return join(wanted('CHOP_TOOLS'), name);
}

export function screens(): string {
  return wanted('CHOP_SCREENS');
}

export interface Side {
  space: string;
  keys: string;
  /** Where relative paths begin. */
  cwd: string;
}

/** Runs `chop` over a space; what it printed. What it said of a failure is in the error. */
export function chop({ space, keys, cwd }: Side, ...args: string[]): Promise<string> {
  const passphrase = join(cwd, 'passphrase');
  writeFileSync(passphrase, `${PASSPHRASE}\n`);
  const env = { ...process.env, CHOP_PASSPHRASE_FILE: passphrase, CHOP_KEYS: keys };
  return new Promise((resolve, reject) => {
    execFile(program('chop'), ['--space', space, ...args], { cwd, env, maxBuffer: 1 << 26 }, (failed, out, said) => {
      if (failed) reject(new Error(`chop ${args.join(' ')}: ${said}${out}`));
      else resolve(out);
    });
  });
}

/** A relay of this walk's own, on this machine. */
export class Relay {
  private constructor(
    private readonly process: ChildProcess,
    readonly origin: string,
  ) {}

  static async start(folder: string): Promise<Relay> {
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const key = join(folder, 'relay.key');
    await new Promise<void>((resolve, reject) => {
      execFile(program('chop-relay'), ['key', 'new', '--key', key, '--origin', origin], (failed) => (failed ? reject(failed) : resolve()));
    });
    const args = ['serve', '--key', key, '--origin', origin, '--listen', `127.0.0.1:${port}`, '--database', join(folder, 'relay.db')];
    const relay = new Relay(spawn(program('chop-relay'), args, { stdio: 'ignore' }), origin);
    for (let tries = 0; tries < 200; tries++) {
      if (await fetch(origin).then(() => true, () => false)) return relay;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    relay.stop();
    throw new Error('the relay does not answer');
  }

  stop(): void {
    this.process.kill('SIGTERM');
  }
}

/** A verifier whose page anybody can open, on this machine: `chop tool demo-verifier`. */
export class ServedVerifier {
  private constructor(
    private readonly process: ChildProcess,
    readonly origin: string,
  ) {}

  static async start({ space, keys, cwd }: Side, port: number): Promise<ServedVerifier> {
    const env = { ...process.env, CHOP_PASSPHRASE_FILE: join(cwd, 'passphrase'), CHOP_KEYS: keys };
    const args = ['--space', space, 'tool', 'demo-verifier', '--listen', `127.0.0.1:${port}`, '--dcql', 'demo/ask.json', '--terms', 'demo/terms.json'];
    const served = new ServedVerifier(spawn(program('chop'), args, { cwd, env, stdio: 'ignore' }), `http://localhost:${port}`);
    for (let tries = 0; tries < 200; tries++) {
      if (await fetch(served.origin).then(() => true, () => false)) return served;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    served.stop();
    throw new Error('the verifier does not answer');
  }

  /** What its screen shows: a link, and where one asks how it stands. */
  async screen(): Promise<{ link: string; stands: () => Promise<{ number: string }> }> {
    const begun = (await (await fetch(`${this.origin}/session`, { method: 'POST' })).json()) as { session: string; link: string };
    const stands = async () => (await (await fetch(`${this.origin}/session/${begun.session}`)).json()) as { number: string };
    return { link: begun.link, stands };
  }

  stop(): void {
    this.process.kill('SIGTERM');
  }
}

/** A Secret Service of this walk's own, on the bus of this session: GNOME's, with an open collection. */
export class SecretService {
  private constructor(private readonly process: ChildProcess) {}

  static async start(folder: string): Promise<SecretService> {
    await makeRoom('org.freedesktop.secrets');
    const env = { ...process.env, HOME: folder, XDG_DATA_HOME: join(folder, 'secrets'), XDG_RUNTIME_DIR: folder };
    const child = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], { env, stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin.end('only for this walk');
    for (let tries = 0; tries < 300; tries++) {
      if ((await isOnBus('org.freedesktop.secrets')) && (await answers('/org/freedesktop/secrets/aliases/default'))) return new SecretService(child);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    child.kill();
    throw new Error('the Secret Service does not answer');
  }

  stop(): void {
    this.process.kill('SIGTERM');
  }
}

/** Whoever has the name goes: the dialog that prints asks for printers' passwords, and then the bus starts a service
 *  whose collection nobody opens. */
async function makeRoom(name: string): Promise<void> {
  if (!(await isOnBus(name))) return;
  process.kill(await ownerOf(name));
  for (let tries = 0; tries < 100 && (await isOnBus(name)); tries++) await new Promise((resolve) => setTimeout(resolve, 100));
}

function ownerOf(name: string): Promise<number> {
  const asked = ['--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus',
    'org.freedesktop.DBus.GetConnectionUnixProcessID', `string:${name}`];
  return new Promise((resolve, reject) =>
    execFile('dbus-send', asked, (failed, said) => (failed ? reject(failed) : resolve(Number(said.replace('uint32', ''))))));
}

/** Asked of the bus itself: a question to the service would let the bus start another one. */
function isOnBus(name: string): Promise<boolean> {
  const asked = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner', `string:${name}`];
  return new Promise((resolve) => execFile('dbus-send', asked, (_, said) => resolve(said.includes('true'))));
}

function answers(path: string): Promise<boolean> {
  const asked = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', path,
    'org.freedesktop.DBus.Properties.Get', 'string:org.freedesktop.Secret.Collection', 'string:Label'];
  return new Promise((resolve) => execFile('dbus-send', asked, (failed) => resolve(!failed)));
}

function wanted(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; scripts/window sets it`);
  return value;
}
