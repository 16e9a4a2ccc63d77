/** How long a program takes until its window looks as it will stay, by the pixels of the screen alone: nothing in
 *  the program takes part, so that any two can be held against each other. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import type { Screen } from '../harness/screen';

/** Milliseconds from the start of the process to the first picture that is whole. */
export async function firstPicture(screen: Screen, binary: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const pixels = new Pixels(screen.file);
  const seen: { at: number; picture: Buffer }[] = [{ at: 0, picture: pixels.now() }];
  const began = performance.now();
  const child = spawn(binary, args, { env: { ...env, DISPLAY: screen.display }, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    for (let last = began; performance.now() - last < STILL || seen.length === 1; ) {
      if (performance.now() - began > MOST) throw new Error(`${binary}: its window never stood still`);
      if (child.exitCode !== null) throw new Error(`${binary} ended with ${child.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, GLANCE));
      const picture = pixels.now();
      if (difference(picture, seen.at(-1)!.picture) <= OF_A_CARET) continue;
      last = performance.now();
      seen.push({ at: last - began, picture });
    }
    const whole = seen.at(-1)!.picture;
    return seen.find(({ picture }) => difference(picture, whole) <= OF_A_CARET)!.at;
  } finally {
    child.kill('SIGTERM');
    await ended;
    pixels.close();
  }
}

/** The upper left part of a screen, each fourth row of it: little enough to be looked at all the time. */
class Pixels {
  private readonly file: number;
  private readonly start: number;
  private readonly row: number;

  constructor(path: string) {
    this.file = openSync(path, 'r');
    // XWD version 7: twenty-five numbers, most significant byte first, then the name, colours, and rows.
    const head = Buffer.alloc(100);
    readSync(this.file, head, 0, 100, 0);
    this.start = head.readUInt32BE(0) + head.readUInt32BE(19 * 4) * 12;
    this.row = head.readUInt32BE(12 * 4);
  }

  now(): Buffer {
    const picture = Buffer.alloc((HEIGHT / 4) * WIDTH * 4);
    for (let row = 0; row < HEIGHT / 4; row++) {
      readSync(this.file, picture, row * WIDTH * 4, WIDTH * 4, this.start + row * 4 * this.row);
    }
    return picture;
  }

  close(): void {
    closeSync(this.file);
  }
}

/** How many pixels differ. */
function difference(one: Buffer, other: Buffer): number {
  let count = 0;
  for (let at = 0; at < one.length; at += 4) if (one.readUInt32LE(at) !== other.readUInt32LE(at)) count++;
  return count;
}

const [WIDTH, HEIGHT] = [1120, 760];
/** Milliseconds between two looks, without a change after which a window is taken to stay, and at most. */
const [GLANCE, STILL, MOST] = [4, 1500, 20_000];
/** A caret that blinks is no news: as many pixels of each fourth row, and less than any letter of a heading. */
const OF_A_CARET = 16;
