import type { Picture } from '../../gallery';
import { take } from '../../shell/shell.svelte';
import { shellState } from '../../wallet/fake/shell';
import { sampleKit } from '../../wallet/fake/space';
import Entrance from './Entrance.svelte';
import { showKit } from './entering.svelte';

const at = (space: 'none' | 'locked', label: string | null) => () => {
  showKit(undefined);
  Object.assign(shellState, { space, label, isSample: false, standing: null, hasKeyStore: label !== null });
  take({ ...shellState });
};

export const pictures: Picture[] = [
  { name: 'space/first', component: Entrance, before: at('none', null) },
  { name: 'space/create', component: Entrance, props: { step: 'create' }, before: at('none', null) },
  { name: 'space/unlock', component: Entrance, before: at('locked', '陈示例 Chan Sample') },
  { name: 'space/unlock-long', component: Entrance, before: at('locked', 'Sample '.repeat(11)) },
  { name: 'space/recover', component: Entrance, props: { step: 'recover' }, before: at('locked', 'Chan') },
  { name: 'space/restore', component: Entrance, props: { step: 'restore' }, before: at('none', null) },
  {
    name: 'space/kit',
    component: Entrance,
    before: () => {
      at('none', null)();
      showKit(sampleKit);
    },
  },
];
