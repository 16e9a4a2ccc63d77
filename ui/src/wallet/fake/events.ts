import type { Listen } from '../commands';

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
