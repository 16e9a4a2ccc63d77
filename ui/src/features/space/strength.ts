/** How hard a passphrase is to guess. The dictionaries are loaded when somebody types one, not before. */
export interface Rating {
  /** 0 to 4, as zxcvbn counts. */
  score: number;
}

type Check = (passphrase: string) => Rating;
let check: Promise<Check> | undefined;

async function load(): Promise<Check> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: MOST_RATED });
  return (passphrase) => ({ score: zxcvbn.check(passphrase).score });
}

export async function rate(passphrase: string): Promise<Rating> {
  check ??= load();
  return (await check)(passphrase);
}

/** From here on a passphrase is taken. */
export const GOOD_ENOUGH = 3;
/** What is longer is judged by its beginning. */
const MOST_RATED = 100;
