/** A screen in memory of one instance's own. WebKitWebDriver's own pictures never come under Xvfb, so what is
 *  photographed are the pixels of the screen, as a camera in front of it would see them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { png } from './png';
import { coloured, HEIGHT, WIDTH } from './video';

export class Screen {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    readonly display: string,
  ) {}

  /** The file of its pixels. */
  get file(): string {
    return join(this.folder, 'Xvfb_screen0');
  }

  static async start(folder: string): Promise<Screen> {
    const args = ['-displayfd', '3', '-screen', '0', '1280x900x24', '-fbdir', folder, '-nolisten', 'tcp', '-noreset', '-nocursor'];
    const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const number = await new Promise<string>((resolve, reject) => {
      child.stdio[3]?.once('data', (said: Buffer) => resolve(said.toString().trim()));
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    });
    return new Screen(child, folder, `:${number}`);
  }

  /** What is on the screen from its top left, as PNG. */
  png({ width: widest, height: highest }: { width: number; height: number } = { width: 1e4, height: 1e4 }): Buffer {
    const file = readFileSync(this.file);
    // XWD version 7: twenty-five numbers, most significant byte first, then the name, colours, and rows.
    const at = (place: number) => file.readUInt32BE(place * 4);
    const [start, row] = [at(0) + at(19) * 12, at(12)];
    const [width, height] = [Math.min(at(4), widest), Math.min(at(5), highest)];
    const rows = Buffer.alloc(height * (width * 3 + 1));
    for (let y = 0, to = 0; y < height; y++) {
      to++;
      for (let from = start + y * row, end = from + width * 4; from < end; from += 4) {
        rows[to++] = file[from + 2]!;
        rows[to++] = file[from + 1]!;
        rows[to++] = file[from]!;
      }
    }
    return png(width, height, rows);
  }

  /** A frame as a camera of 1280×720 sees it, held before the row `middle`; grey, the planes of colour empty. */
  frame(middle: number): Buffer {
    const file = readFileSync(this.file);
    const at = (place: number) => file.readUInt32BE(place * 4);
    const [start, row] = [at(0) + at(19) * 12, at(12)];
    const top = Math.min(Math.max(0, middle - HEIGHT / 2), at(5) - HEIGHT);
    const grey = Buffer.alloc(WIDTH * HEIGHT);
    for (let y = 0, to = 0; y < HEIGHT; y++) {
      for (let from = start + (top + y) * row, x = 0; x < WIDTH; x++, from += 4) grey[to++] = file[from + 1]!;
    }
    return coloured(grey);
  }

  /** Shows a picture in a window beneath all others; what takes it away again. */
  async beneath(picture: string): Promise<() => void> {
    const viewer = spawn('python3', [join(import.meta.dirname, 'beneath.py'), this.display, picture], { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise<void>((resolve, reject) => {
      viewer.stdout.once('data', () => resolve());
      viewer.once('error', reject);
      viewer.once('exit', (code) => reject(new Error(`the viewer ended with ${code}`)));
    });
    return () => viewer.stdin.end();
  }

  stop(): void {
    this.process.kill('SIGTERM');
  }
}
