import type { Picture } from '../../gallery';
import { recipientsState, sampleCase } from '../../wallet/fake/recipients';
import ActDialog from './ActDialog.svelte';
import LetterDialog from './LetterDialog.svelte';
import NewCase from './NewCase.svelte';
import RecipientRoom from './RecipientRoom.svelte';
import Recipients from './Recipients.svelte';
import StepDialog from './StepDialog.svelte';

const nothing = () => Promise.resolve();
const set =
  (state: Partial<typeof recipientsState>, withCase = false) =>
  () => {
    Object.assign(recipientsState, { count: 4, isOverdue: false, cases: [], muted: false, outdated: 'none' }, state);
    if (withCase) recipientsState.cases = [sampleCase()];
  };
const act = (name: string) => ({ id: 'use-0', act: name, closed: () => {}, changed: nothing });
const grant = { id: 'use-0', at: 1_795_132_800, purpose: 'Outpatient consultation · 門診' };

export const pictures: Picture[] = [
  { name: 'recipients/normal', component: Recipients, before: set({ isOverdue: true }) },
  { name: 'recipients/muted', component: Recipients, before: set({ muted: true }) },
  { name: 'recipients/empty', component: Recipients, before: set({ count: 0 }) },
  { name: 'recipients/one', component: RecipientRoom, props: { id: 'x509_hash:a1' }, before: set({}) },
  { name: 'recipients/case', component: RecipientRoom, props: { id: 'x509_hash:a1' }, before: set({}, true) },
  { name: 'recipients/outdated', component: RecipientRoom, props: { id: 'x509_hash:a1' }, before: set({ outdated: 'open' }) },
  { name: 'recipients/corrected', component: RecipientRoom, props: { id: 'x509_hash:a1' }, before: set({ outdated: 'prepared' }, true) },
  {
    name: 'recipients/overdue',
    component: RecipientRoom,
    props: { id: 'x509_hash:d4' },
    before: set({ isOverdue: true, acts: ['deleted', 'deletion-refused'] }, true),
  },
  { name: 'recipients/withdraw', component: ActDialog, props: act('withdraw'), before: set({}) },
  { name: 'recipients/pledge', component: ActDialog, props: act('pledge'), before: set({}) },
  {
    name: 'recipients/new-case',
    component: NewCase,
    props: {
      asked: { kind: 'rights', right: 'access', name: 'PIPL art. 45' },
      holds: [grant],
      closed: () => {},
      opened: nothing,
    },
    before: set({}),
  },
  {
    name: 'recipients/hearing',
    component: StepDialog,
    props: {
      id: 'case-1',
      step: { step: 'hear', name: '審理', needsReason: false, needsHearing: true },
      closed: () => {},
      changed: nothing,
    },
    before: set({}),
  },
  { name: 'recipients/letter', component: LetterDialog, props: { id: 'case-1', closed: () => {} }, before: set({}) },
];
