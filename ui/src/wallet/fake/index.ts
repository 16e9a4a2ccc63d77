/** A wallet of samples for a browser without the app: for design, the gallery and tests of the page.
 *  Nothing here is anybody's, and nothing here is ever in front of a person who did not ask for it. */
import type { Call, Commands, Name } from '../commands';
import { consent } from './consent';
import { exchange } from './exchange';
import { offer } from './offer';
import { scan } from './scan';
import { desk } from './desk';
import { holdings } from './holdings';
import { recipients } from './recipients';
import { record } from './record';
import { settings } from './settings';
import { shell } from './shell';
import { space } from './space';

export { fakeListen, tell } from './events';

export type Handlers<C> = {
  [N in keyof C]: C[N] extends { args: infer A; answer: infer R } ? (args: A) => R | Promise<R> : never;
};

/** What answers. A test puts an ear on one of them. */
export const handlers: Handlers<Commands> = {
  ...shell,
  ...consent,
  ...desk,
  ...exchange,
  ...holdings,
  ...recipients,
  ...record,
  ...offer,
  ...scan,
  ...settings,
  ...space,
};

export const fakeCall: Call = async (name, args) => {
  const handler = handlers[name] as (args: Commands[Name]['args']) => unknown;
  return (await handler(args)) as never;
};
