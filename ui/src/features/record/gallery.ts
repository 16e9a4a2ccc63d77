import type { Picture } from '../../gallery';
import { recordState } from '../../wallet/fake/record';
import Check from './Check.svelte';
import Entries from './Entries.svelte';
import RecordRoom from './Record.svelte';
import UseRoom from './UseRoom.svelte';

const set = (state: Partial<typeof recordState>) => () =>
  void Object.assign(recordState, { uses: 60, isBroken: false, isSlow: false }, state);

/** Presses the first button that can be pressed, once the picture stands. */
const pressed = (selector: string) => () =>
  void setTimeout(() => document.querySelector<HTMLButtonElement>(selector)?.click(), 60);

const press = (selector: string, state: Partial<typeof recordState> = {}) => () => {
  set(state)();
  pressed(selector)();
};

export const pictures: Picture[] = [
  { name: 'record/normal', component: RecordRoom, before: set({}) },
  { name: 'record/many', component: RecordRoom, before: set({ uses: 2000 }) },
  { name: 'record/one', component: RecordRoom, before: set({ uses: 1 }) },
  { name: 'record/empty', component: RecordRoom, before: set({ uses: 0 }) },
  { name: 'record/log', component: Entries, before: set({}) },
  { name: 'record/use', component: UseRoom, props: { id: 'use-0' }, before: set({}) },
  { name: 'record/prove', component: UseRoom, props: { id: 'use-0' }, before: press('.row button') },
  { name: 'record/check', component: Check, before: set({}) },
  { name: 'record/checking', component: Check, before: press('.sheet button', { isSlow: true }) },
  { name: 'record/check-good', component: Check, before: press('.sheet button') },
  { name: 'record/check-bad', component: Check, before: press('.sheet button', { isBroken: true }) },
  { name: 'record/proof-good', component: Check, before: press('.sheet + .sheet button') },
  { name: 'record/proof-bad', component: Check, before: press('.sheet + .sheet button', { isBroken: true }) },
];
