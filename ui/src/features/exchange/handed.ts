/** What the answer to the seal already says of the exchange: the code is shown at once, not asked for again. */
import type { ExchangeView } from '../../wallet/wire/exchange';

let handed: ExchangeView | undefined;

export function handOver(view: ExchangeView): void {
  handed = view;
}

/** It is there once: who comes back later asks how the exchange stands by then. */
export function takeOver(id: string): ExchangeView | undefined {
  const view = handed?.id === id ? handed : undefined;
  handed = undefined;
  return view;
}
