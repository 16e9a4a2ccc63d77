import type { Picture } from '../../gallery';
import { take } from '../../shell/shell.svelte';
import { shellState } from '../../wallet/fake/shell';
import { showKit } from '../space/entering.svelte';
import Settings from './Settings.svelte';

const before = () => {
  showKit(undefined);
  Object.assign(shellState, { space: 'open', label: '陈示例 Chan Sample', standing: 'current', isSample: false });
  take({ ...shellState });
};

const sections: Picture[] = ['general', 'lock', 'space', 'backup', 'trust', 'rules', 'about'].map((section) => ({
  name: `settings/${section}`,
  component: Settings,
  props: { section },
  before,
}));

/** What was scanned, or the app was opened with, is looked at before anything else. */
const scanned: Picture[] = ['trust', 'rules'].map((section) => ({
  name: `settings/${section}-scanned`,
  component: Settings,
  props: { section, found: 'main:0' },
  before,
}));

export const pictures: Picture[] = [...sections, ...scanned];
