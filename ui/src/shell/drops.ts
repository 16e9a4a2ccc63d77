/** Files that are dropped on the window. The window keeps their paths and tells names; what came on the page
 *  last takes them: a scanner before the shelves. */
import { listen } from '../wallet';
import type { Drop } from '../wallet/wire/intake';

type Taker = (drop: Drop) => void;
const takers: Taker[] = [];
let listening: Promise<unknown> | undefined;

/** Takes what is dropped, until the answer is called. */
export function takeDrops(taker: Taker): () => void {
  takers.push(taker);
  listening ??= listen<Drop>('dropped', (drop) => takers.at(-1)?.(drop));
  return () => {
    const at = takers.indexOf(taker);
    if (at >= 0) takers.splice(at, 1);
  };
}
