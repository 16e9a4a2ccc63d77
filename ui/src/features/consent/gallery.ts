import type { Picture } from '../../gallery';
import { pages, sheetView } from '../../wallet/fake/consent';
import Findings from './Findings.svelte';
import Request from './Request.svelte';
import SealPanel from './SealPanel.svelte';
import Separate from './Separate.svelte';
import Values from './Values.svelte';

const usual = () => {
  pages.change = (page) => page;
  delete pages.open;
  Object.assign(sheetView, { way: 'optic', number: null, trustIsStale: false, lookalikeName: false });
};
const failing = (code: string, what: string) => () => {
  usual();
  pages.open = () => {
    throw { code, fault: 'user', what, left: 'Nothing left this device.', now: 'Wait, or look all the same.' };
  };
};
const finding = {
  rule: 'R07', title: 'Least necessary', what: 'More is asked for than the purpose needs, by the catalogue’s least set for it.',
  now: 'Leave out what is not needed.', source: 'PIPL art. 6', isConfirmed: true,
};
const page = {
  title: '', lines: [], findings: [], separate: [], isBlocked: false, level: 'L4', asksPassphrase: true, values: [], isAboutWard: false,
  sentence: 'Allow Sample Hospital to see allergies and intolerances of yours once, until 18:00 today, for medical consultation; it deletes them after 30 days.',
  code: '7K2M9QA',
};

export const pictures: Picture[] = [
  { name: 'request/normal', component: Request, props: { id: 'main:1' }, before: usual },
  {
    name: 'request/by-link', component: Request, props: { id: 'main:1' },
    before: () => {
      usual();
      Object.assign(sheetView, { way: 'online', number: '47', trustIsStale: true, lookalikeName: true });
    },
  },
  {
    name: 'request/forbidden', component: Request, props: { id: 'main:1' },
    before: () => {
      usual();
      pages.change = (shown) => ({ ...shown, isBlocked: true, findings: [{ ...finding, isBlock: true }] });
    },
  },
  { name: 'request/muted', component: Request, props: { id: 'main:1' }, before: failing('request.muted', 'You said no to the same asker a short time ago.') },
  {
    name: 'request/law', component: Findings,
    props: { findings: [{ ...finding, isBlock: false }, { ...finding, rule: 'R30', isBlock: true, isConfirmed: false }], overrides: {}, changed: () => {} },
  },
  {
    name: 'request/separate', component: Separate,
    props: {
      separate: [
        { topic: 'SENSITIVE:health', text: 'I consent, separately, that Sample Hospital receives sensitive data of mine (health).', givenAt: 1_795_219_200 },
        { topic: 'CROSS_BORDER', text: 'I consent, separately, that data of mine go to Sample Hospital in Mainland China.', givenAt: null },
      ],
      act: () => {},
    },
  },
  { name: 'request/values', component: Values, props: { values: [{ query: 'a', name: 'allergies and intolerances', value: 'penicillin · active · confirmed · high risk\nlatex · active · 2010', whole: 'resources: fullUrl: urn:uuid:…, resource: clinicalStatus: coding: code: active' }, { query: 'a', name: 'name', value: '•••', whole: null }], hold: () => {} } },
  { name: 'request/seal', component: SealPanel, props: { page, open: ['consent-missing-passphrase', 'consent-missing-number'], busy: false, failure: undefined, number: '47', seal: () => {}, label: 'Press the seal' } },
];
