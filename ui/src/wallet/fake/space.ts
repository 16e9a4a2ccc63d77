import type { SpaceCommands } from '../commands/space';
import type { Failure } from '../wire/failure';
import type { RecoveryKit } from '../wire/space';
import { shellState } from './shell';
import type { Handlers } from './index';

/** A code that opens nothing. */
export const sampleKit: RecoveryKit = {
  code: '7K3M-Q2AV-0XTR-91PD-HC5E-JW8G-ZN4B-6FYS-9QZ4',
  qr: {
    frames: [
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 25 25" shape-rendering="crispEdges"><rect width="25" height="25" fill="#fff"/><path d="M2 2h7v7H2zM16 2h7v7h-7zM2 16h7v7H2zM12 12h3v3h-3zM17 18h4v2h-4z" fill="#000"/></svg>',
    ],
    of: 1,
  },
  label: '陈示例 Chan Sample',
  space: '00000000-0000-4000-8000-000000000000',
};

const wrong: Failure = {
  code: 'vault.wrong-passphrase',
  fault: 'user',
  what: 'The passphrase does not open this space.',
  left: 'Nothing left.',
  now: 'Try again, or use the recovery code.',
};

const opened = () => ({ ...Object.assign(shellState, { space: 'open', standing: 'current' }) });

export const space: Handlers<SpaceCommands> = {
  space_create: ({ label }) => {
    Object.assign(shellState, { space: 'open', label });
    return { ...sampleKit, label };
  },
  space_kit_save: () => true,
  space_kit_print: () => true,
  space_kit_done: opened,
  space_unlock: ({ passphrase }) => {
    if (passphrase === 'wrong') throw wrong;
    return opened();
  },
  space_unlock_key_store: opened,
  space_choose_folder: () => ({ ...shellState }),
  space_recover: opened,
  space_pick_backup: () => 'my.chop-backup',
  space_restore: opened,
  space_sample: () => ({ ...Object.assign(shellState, { isSample: true }), ...opened() }),
  space_leave_sample: () => ({ ...Object.assign(shellState, { isSample: false, space: 'none', standing: null }) }),
  space_go_on: () => 2,
};
