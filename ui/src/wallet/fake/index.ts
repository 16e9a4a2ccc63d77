/** A wallet of samples for a browser without the app: for design, the gallery and tests of the page.
 *  Nothing here is anybody's, and nothing here is ever in front of a person who did not ask for it. */
import type { Call, Commands, Listen, Name } from '../commands';
import { consent } from './consent';
import { exchange } from './exchange';
import { scan } from './scan';
import { desk } from './desk';
import { shell } from './shell';

export type Handlers<C> = {
  [N in keyof C]: C[N] extends { args: infer A; answer: infer R } ? (args: A) => R | Promise<R> : never;
};

const handlers: Handlers<Commands> = {
  ...shell,
  ...consent,
  ...desk,
  ...exchange,
  ...scan,
};

export const fakeCall: Call = async (name, args) => {
  const handler = handlers[name] as (args: Commands[Name]['args']) => unknown;
  return (await handler(args)) as never;
};

const ears = new Map<string, Set<(payload: never) => void>>();

/** Lets the fake tell something, as the app would. */
export function tell(event: string, payload: unknown): void {
  for (const heard of ears.get(event) ?? []) heard(payload as never);
}

export const fakeListen: Listen = (event, heard) => {
  const listeners = ears.get(event) ?? new Set();
  ears.set(event, listeners.add(heard as never));
  return Promise.resolve(() => listeners.delete(heard as never));
};
