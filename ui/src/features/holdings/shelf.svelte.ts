/** The cards of a shelf, page by page, and what is searched for. The last answer asked for wins. */
import { call } from '../../wallet';
import { failureOf } from '../../wallet/failure';
import type { Failure } from '../../wallet/wire/failure';
import type { Card, CardsPage, ShelfName } from '../../wallet/wire/holdings';

export class Shelf {
  name = $state<ShelfName>('credentials');
  words = $state('');
  cards = $state.raw<Card[]>([]);
  loading = $state(true);
  failure = $state<Failure>();
  #next: string | null = null;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Begins again at the top: another shelf, another language, something new. */
  async reload(): Promise<void> {
    clearTimeout(this.#timer);
    this.#next = null;
    await this.#ask((page) => (this.cards = page.cards));
  }

  /** Takes another shelf from the top. */
  turn(name: ShelfName): void {
    this.name = name;
    this.cards = [];
    void this.reload();
  }

  /** What is searched for, as one types. */
  type(words: string): void {
    this.words = words;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.reload(), TYPING);
  }

  /** The next page, if there is one and none is on its way. */
  async more(): Promise<void> {
    if (this.loading || this.#next === null) return;
    await this.#ask((page) => (this.cards = [...this.cards, ...page.cards]));
  }

  async #ask(take: (page: CardsPage) => void): Promise<void> {
    const number = ++this.#asked;
    this.loading = true;
    try {
      const words = this.words.trim();
      const page = words
        ? await call('holdings_search', { text: words })
        : await call('holdings_cards', { shelf: this.name, after: this.#next });
      if (number !== this.#asked) return;
      this.failure = undefined;
      this.#next = page.next;
      take(page);
    } catch (thrown) {
      if (number === this.#asked) this.failure = failureOf(thrown);
    } finally {
      if (number === this.#asked) this.loading = false;
    }
  }
}

/** Milliseconds without a key after which a search is asked for. */
const TYPING = 150;
