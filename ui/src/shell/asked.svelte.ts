/** What a room shows of one thing that changes: asked for, asked again in another language, and after each
 *  act as the app answered it. A failure stays beside what was shown last. */
import { untrack } from 'svelte';
import { language } from '../i18n/index.svelte';
import { failureOf } from '../wallet/failure';
import type { Failure } from '../wallet/wire/failure';

export class Asked<View> {
  view = $state<View>();
  failure = $state<Failure>();
  busy = $state(false);
  readonly #question: () => Promise<View>;

  /** `first` is an answer that is there already. */
  constructor(question: () => Promise<View>, first?: View) {
    this.#question = question;
    this.view = first;
    let spoken = first === undefined ? '' : untrack(language);
    // Names come in the reader's language: another language is another question.
    $effect(() => {
      if (language() === spoken) return;
      spoken = language();
      void this.load();
    });
  }

  load = (): Promise<void> => this.ask(this.#question);

  async ask(question: () => Promise<View>): Promise<void> {
    this.busy = true;
    try {
      this.take(await question());
    } catch (thrown) {
      this.failure = failureOf(thrown);
    } finally {
      this.busy = false;
    }
  }

  take(newer: View): void {
    [this.view, this.failure] = [newer, undefined];
  }
}
