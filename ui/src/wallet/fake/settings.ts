import type { SettingsCommands } from '../commands/settings';
import type { PackPreviewed, TrustList } from '../wire/settings_room';
import { shellState } from './shell';
import { sampleKit } from './space';
import type { Handlers } from './index';

export const sampleList: TrustList = {
  fingerprint: 'kV3mJqT0c9yWb1uXh5n2sZ8rL4pE7aGdQf6iNoCtBvY',
  publisher: 'Sample Trust List',
  seq: 3,
  issued: 1795219200,
  nextUpdate: 1797811200,
  isStale: false,
  entries: [
    { name: 'Sample Hospital', legalId: 'USCC 124400000000000004', issues: false, asks: true },
    { name: 'Sample Clinic', legalId: 'BRN 00000001', issues: true, asks: false },
    { name: 'Sample University', legalId: 'BRN 00000002', issues: true, asks: true },
  ],
};

const samplePack: PackPreviewed = {
  pack: { isRules: true, id: 'gba', version: '2026.3', effectiveFrom: 1796000000, fingerprint: sampleList.fingerprint, isInForce: false },
  isKnownPublisher: false,
  types: [],
  purposes: ['care.consultation', 'edu.admission'],
};

export const settings: Handlers<SettingsCommands> = {
  settings_set: (changed) => {
    Object.assign(shellState.settings, changed);
    return { ...shellState };
  },
  settings_space: () => ({
    label: shellState.label ?? '',
    id: sampleKit.space,
    kind: 'person',
    place: 'HK',
    epoch: 1,
    standing: 'current',
    logKey: 'chop.invalid/log/sample+1f2e3d4c+AWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=',
    asksAs: null,
    opensBy: shellState.hasKeyStore ? ['passphrase', 'recovery', 'platform'] : ['passphrase', 'recovery'],
    rules: 'gba 2026.2',
  }),
  settings_passphrase: () => null,
  settings_recovery: () => sampleKit,
  settings_backup: () => true,
  settings_key_store: ({ on }) => ({ ...Object.assign(shellState, { hasKeyStore: on }) }),
  settings_trust: () => [sampleList],
  settings_pick_trust: () => ({ ...sampleList, seq: 4 }),
  settings_look_trust: () => ({ ...sampleList, seq: 4 }),
  settings_add_trust: () => null,
  settings_packs: () => [
    { isRules: false, id: 'fj', version: '2026.1', effectiveFrom: 1795219200, fingerprint: sampleList.fingerprint, isInForce: true },
  ],
  settings_pick_pack: () => samplePack,
  settings_look_pack: () => samplePack,
  settings_add_pack: () => null,
};
