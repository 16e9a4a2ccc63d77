/** What the gallery draws: every state of every room, each registered by `features/<room>/gallery.ts`. */
import type { Component } from 'svelte';

export interface Picture {
  /** `room/state`, unique. */
  name: string;
  // A picture brings whatever its own component takes.
  component: Component<any>;
  props?: Record<string, unknown>;
  /** Sets the fake before it is drawn. */
  before?: () => void | Promise<void>;
}

const rooms = import.meta.glob<{ pictures: Picture[] }>('./features/*/gallery.ts', { eager: true });

export const pictures: Picture[] = Object.values(rooms).flatMap((room) => room.pictures);
