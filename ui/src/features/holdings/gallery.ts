/** The two shelves, one item, what comes in, what is shown: every state that somebody can see. */
import type { Picture } from '../../gallery';
import { holdings as fake, held, sampleWard } from '../../wallet/fake/holdings';
import EraseDialog from './EraseDialog.svelte';
import Import from './Import.svelte';
import { door } from './incoming.svelte';
import Item from './Item.svelte';
import ProfileDialog from './ProfileDialog.svelte';
import Shelves from './Shelves.svelte';
import Show from './Show.svelte';
import ShownCard from './ShownCard.svelte';
import Write from './Write.svelte';

type Held = typeof held;

/** Sets the fake anew for one picture. */
function with_(some: Partial<Held>, then: () => void = () => {}): () => void {
  return () => {
    Object.assign(held, { cards: 7, fails: false, broken: false, slow: false, long: false }, some);
    door.comers = [];
    then();
  };
}

const shown = {
  ...(await Promise.resolve(fake.item_show({ id: 'credentials-0', to: '示例医院 Sample Hospital', clear: ['name', 'birth_date'] }))),
};

export const pictures: Picture[] = [
  { name: 'holdings/shelves', component: Shelves, before: with_({}) },
  { name: 'holdings/shelves-many', component: Shelves, before: with_({ cards: 10_000 }) },
  { name: 'holdings/shelves-empty', component: Shelves, before: with_({ cards: 0 }) },
  { name: 'holdings/shelves-loading', component: Shelves, before: with_({ slow: true }) },
  { name: 'holdings/shelves-failure', component: Shelves, before: with_({ fails: true }) },
  { name: 'holdings/item', component: Item, props: { id: 'credentials-0' }, before: with_({}) },
  { name: 'holdings/item-findings', component: Item, props: { id: 'credentials-0' }, before: with_({ broken: true }) },
  { name: 'holdings/item-long', component: Item, props: { id: 'credentials-1' }, before: with_({ long: true }) },
  { name: 'holdings/item-file', component: Item, props: { id: 'data-1' }, before: with_({}) },
  { name: 'holdings/item-failure', component: Item, props: { id: 'credentials-0' }, before: with_({ fails: true }) },
  { name: 'holdings/erase', component: EraseDialog, props: { open: true, id: 'credentials-0', name: 'Sample: identity card', erased: () => {} }, before: with_({}) },
  { name: 'holdings/person', component: ProfileDialog, props: { open: true, added: () => Promise.resolve() }, before: with_({}) },
  { name: 'holdings/person-known', component: ProfileDialog, props: { open: true, known: sampleWard(true), added: () => Promise.resolve() }, before: with_({}) },
  { name: 'holdings/import', component: Import, before: with_({}) },
  {
    name: 'holdings/import-preview',
    component: Import,
    before: with_({}, () => void Promise.resolve(fake.intake_pick({ title: '' })).then((files) => door.add(files))),
  },
  { name: 'holdings/import-link', component: Import, before: with_({}, () => void door.text('openid-credential-offer://?x')) },
  { name: 'holdings/import-message', component: Import, before: with_({}, () => void door.text('CHOP1:00')) },
  {
    name: 'holdings/import-keeping',
    component: Import,
    before: with_({}, () => {
      door.comers = [
        { waiting: { token: 'a', name: 'archive.zip', size: 104_857_600 }, state: 'keeping', progress: { token: 'a', done: 41_000_000, of: 104_857_600 } },
        { waiting: { token: 'b', name: 'identity.sd-jwt', size: 3210 }, state: 'kept', kept: { id: 'credentials-0', title: 'Sample: identity card' } },
        { waiting: { token: 'c', name: 'photo.jpg', size: 1 }, state: 'stopped' },
      ];
    }),
  },
  { name: 'holdings/show', component: Show, props: { id: 'credentials-0' }, before: with_({}) },
  { name: 'holdings/shown', component: ShownCard, props: { card: shown, leave: () => {} }, before: with_({}) },
  { name: 'holdings/write', component: Write, before: with_({}) },
  { name: 'holdings/write-on', component: Write, props: { id: 'data-0' }, before: with_({}) },
];
