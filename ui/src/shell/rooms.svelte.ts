/** Where the reader is. A room has a name and, for some, what is open in it. */
export type Room =
  | { name: 'shelves' }
  | { name: 'item'; id: string }
  | { name: 'show'; id: string }
  | { name: 'import'; replaces?: string }
  | { name: 'write'; id?: string }
  | { name: 'scan' }
  | { name: 'request'; id: string }
  | { name: 'exchange'; id: string }
  | { name: 'grant'; item?: string }
  | { name: 'offers' }
  | { name: 'offer'; id: string }
  | { name: 'record' }
  | { name: 'use'; id: string }
  | { name: 'recipients' }
  | { name: 'recipient'; id: string }
  | { name: 'settings'; section?: string; found?: string };

let room = $state<Room>({ name: 'shelves' });
const past: Room[] = [];

export function here(): Room {
  return room;
}

export function go(to: Room): void {
  past.push(room);
  if (past.length > 50) past.shift();
  room = to;
}

/** What was scanned was kept or left: the room stays open without it. */
export function forgetFound(): void {
  if (room.name === 'settings') delete room.found;
}

/** To where the reader came from, or to the shelves. */
export function back(): void {
  room = past.pop() ?? { name: 'shelves' };
}
