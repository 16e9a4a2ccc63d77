/** Rows of the list, fetched as they come into sight: many asks of one moment are one question. */
import { SvelteMap } from 'svelte/reactivity';
import { call } from '../../wallet';
import type { UseRow } from '../../wallet/wire/record';

export class Rows {
  readonly known = new SvelteMap<string, UseRow>();
  #wanted = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly failed: (thrown: unknown) => void) {}

  want(id: string): void {
    if (this.known.has(id) || this.#wanted.has(id)) return;
    this.#wanted.add(id);
    this.#timer ??= setTimeout(() => void this.#fetch(), 16);
  }

  async #fetch(): Promise<void> {
    this.#timer = undefined;
    const ids = [...this.#wanted].slice(0, MOST);
    try {
      for (const row of await call('record_rows', { ids })) this.known.set(row.id, row);
    } catch (thrown) {
      this.failed(thrown);
    }
    for (const id of ids) this.#wanted.delete(id);
    if (this.#wanted.size > 0) this.#timer ??= setTimeout(() => void this.#fetch(), 0);
  }
}

/** As many as the app gives at once. */
const MOST = 200;
