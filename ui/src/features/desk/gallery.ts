import type { Picture } from '../../gallery';
import { deskState } from '../../wallet/fake/desk';
import Counter from './Counter.svelte';
import Exchange from './Exchange.svelte';
import Kept from './Kept.svelte';
import List from './List.svelte';
import { blank } from './draft';

const still = { draft: blank(), leave: () => {}, goTo: () => {} };
const usual = () => void Object.assign(deskState, { open: true, certified: true, name: 'Sample Hospital' });

export const pictures: Picture[] = [
  { name: 'desk/ask', component: Counter, before: usual },
  { name: 'desk/locked', component: Counter, before: () => void Object.assign(deskState, { open: false }) },
  {
    name: 'desk/not-certified',
    component: Counter,
    before: () => void Object.assign(deskState, { open: true, certified: false, name: null }),
  },
  { name: 'desk/asked', component: Exchange, props: { ...still, id: 'asked' }, before: usual },
  { name: 'desk/taken', component: Exchange, props: { ...still, id: 'taken' }, before: usual },
  { name: 'desk/erased', component: Exchange, props: { ...still, id: 'erased' }, before: usual },
  { name: 'desk/list', component: List, props: { open: () => {} } },
  { name: 'desk/kept', component: Kept, props: { open: () => {} } },
];
