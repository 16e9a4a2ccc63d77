/** What waits at the door: told by the window when files are dropped, added by the import room. */
import { takeDrops } from '../../shell/drops';
import { go, here } from '../../shell/rooms.svelte';
import { call, listen } from '../../wallet';
import { failureOf } from '../../wallet/failure';
import type { Failure } from '../../wallet/wire/failure';
import type { Drop, Kept, Look, Progress, Waiting } from '../../wallet/wire/intake';

export type Coming = {
  waiting: Waiting;
  state: 'looking' | 'looked' | 'keeping' | 'kept' | 'stopped' | 'failed';
  look?: Look;
  failure?: Failure;
  progress?: Progress;
  kept?: Kept;
};

class Door {
  comers = $state<Coming[]>([]);
  /** Files are held over the window. */
  isOver = $state(false);
  /** The item that what comes next replaces. */
  replaces = $state<string | null>(null);

  /** Hears of dropped files and of progress, for as long as the app is open. */
  async listen(): Promise<() => void> {
    const ends = [
      takeDrops((drop) => this.dropped(drop)),
      await listen<Progress>('intake-progress', (progress) => this.#progress(progress)),
    ];
    return () => ends.forEach((end) => end());
  }

  dropped(drop: Drop): void {
    this.isOver = drop.isOver;
    if (drop.files.length === 0) return;
    if (here().name !== 'import') go({ name: 'import' });
    this.add(drop.files);
  }

  add(files: Waiting[]): void {
    for (const waiting of files) {
      this.comers.push({ waiting, state: 'looking' });
      void this.#ask(waiting.token, call('intake_look', { token: waiting.token }));
    }
  }

  async text(text: string): Promise<void> {
    this.add([await call('intake_text', { text })]);
  }

  code(token: string, code: string): Promise<void> {
    this.#change(token, { state: 'looking' });
    return this.#ask(token, call('intake_code', { token, code }));
  }

  again(token: string): Promise<void> {
    this.#change(token, { state: 'looking' });
    return this.#ask(token, call('intake_look', { token }));
  }

  async keep(token: string, title: string): Promise<Kept | null> {
    this.#change(token, { state: 'keeping' });
    try {
      const kept = await call('intake_keep', { token, title: title || null, replaces: this.replaces });
      this.#change(token, kept ? { state: 'kept', kept } : { state: 'stopped' });
      return kept;
    } catch (thrown) {
      this.#change(token, { state: 'failed', failure: failureOf(thrown) });
      return null;
    }
  }

  /** Stops what is coming in; it says so itself once it has. */
  stop(token: string): Promise<null> {
    return call('intake_let_go', { token });
  }

  /** Lets go of everything, as when the space is locked. */
  clear(): void {
    for (const comer of this.comers) void this.letGo(comer.waiting.token);
    this.isOver = false;
  }

  async letGo(token: string): Promise<void> {
    this.comers = this.comers.filter((comer) => comer.waiting.token !== token);
    await call('intake_let_go', { token }).catch(() => null);
  }

  async #ask(token: string, asked: Promise<Look>): Promise<void> {
    try {
      this.#change(token, { state: 'looked', look: await asked });
    } catch (thrown) {
      this.#change(token, { state: 'failed', failure: failureOf(thrown) });
    }
  }

  #progress(progress: Progress): void {
    this.#change(progress.token, { progress });
  }

  #change(token: string, change: Partial<Coming>): void {
    const comer = this.comers.find((comer) => comer.waiting.token === token);
    if (!comer) return;
    if (change.state) delete comer.failure;
    Object.assign(comer, change);
  }
}

export const door = new Door();
