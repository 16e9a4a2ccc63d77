/** What stays on the screen between a space that was just made and its rooms: the recovery kit. */
import type { RecoveryKit } from '../../wallet/wire/space';

let kit = $state<RecoveryKit>();

/** The kit that waits to be confirmed. */
export function waitingKit(): RecoveryKit | undefined {
  return kit;
}

/** Shows a kit, or takes it away for good. */
export function showKit(next: RecoveryKit | undefined): void {
  kit = next;
}
