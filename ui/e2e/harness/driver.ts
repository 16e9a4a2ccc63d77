/** One tauri-driver with the system's WebKitWebDriver behind it, on ports that were free. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { tool } from './programs';

export class Driver {
  private constructor(
    private readonly process: ChildProcess,
    readonly address: string,
  ) {}

  static async start(env: NodeJS.ProcessEnv): Promise<Driver> {
    const [port, behind] = [await freePort(), await freePort()];
    const args = ['--port', `${port}`, '--native-port', `${behind}`, '--native-driver', '/usr/bin/WebKitWebDriver'];
    // A group of its own, so that what it started ends with it.
    const child = spawn(tool('tauri-driver'), args, { env, stdio: ['ignore', 'ignore', 'inherit'], detached: true });
    const driver = new Driver(child, `http://127.0.0.1:${port}/`);
    for (let tries = 0; tries < 200; tries++) {
      if (child.exitCode !== null) throw new Error(`tauri-driver ended with ${child.exitCode}`);
      const answers = await fetch(`${driver.address}status`).then((answer) => answer.ok, () => false);
      if (answers) return driver;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    driver.stop();
    throw new Error('tauri-driver does not answer');
  }

  stop(): void {
    const { pid } = this.process;
    if (pid === undefined || this.process.exitCode !== null) return;
    try {
      process.kill(-pid, 'SIGTERM');
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

/** A port that nobody holds right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
