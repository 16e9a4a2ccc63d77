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

function wanted(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; scripts/window sets it`);
  return value;
}
