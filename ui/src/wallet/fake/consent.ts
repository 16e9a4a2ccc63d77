import type { ConsentCommands } from '../commands/consent';
import type { Chosen, PageView, SheetView } from '../wire/consent';
import { exchangeView } from './exchange';
import type { Handlers } from './index';

const soon = () => Math.floor(Date.now() / 1000) + 240;

/** A request of the sample hospital, as core words it in English. */
export const sheetView: SheetView = {
  id: '0',
  way: 'optic',
  number: null,
  expires: soon(),
  trustIsStale: false,
  lookalikeName: false,
  refusedAt: null,
  purpose: 'medical consultation',
  queries: [
    {
      id: 'summary',
      document: 'patient summary',
      claims: [
        { name: 'allergies and intolerances', isSensitive: true, need: 'needed' },
        { name: 'medication', isSensitive: true, need: 'needed' },
        { name: 'pregnancies', isSensitive: true, need: 'not-needed' },
        { name: 'portrait', isSensitive: true, need: 'unknown' },
      ],
      candidates: [
        {
          item: '01', title: 'Patient summary', document: 'patient summary', issuer: 'Sample Clinic',
          seal: 'seal valid; whether it was revoked was not checked', isSound: true, isOwn: false, ward: null,
          expires: null, answers: [0, 1, 2], withheld: [3], canBeCopied: false,
        },
        {
          item: '02', title: 'Summary, my own notes', document: 'patient summary', issuer: '', seal: '', isSound: true,
          isOwn: true, ward: 'Chan Siu-ming (sample)', expires: null, answers: [0], withheld: [], canBeCopied: true,
        },
      ],
    },
    { id: 'insurance', document: 'insurance card', claims: [{ name: 'policy number', isSensitive: false, need: 'unknown' }], candidates: [] },
  ],
};

const lines = [
  { kind: 'who', label: 'Who', value: 'Sample Hospital · USCC 124400000000000004 · Mainland China' },
  { kind: 'known-by', label: 'How known', value: 'named by “Sample Trust List”, edition of 20 November 2026' },
  { kind: 'says-of-itself', label: 'Says of itself', value: 'Sample Hospital, outpatient clinic' },
  { kind: 'warning', label: 'Be careful', value: 'The code can be forwarded: check that you stand before whoever asks.' },
  { kind: 'why', label: 'Why', value: 'medical consultation, outpatient clinic' },
  { kind: 'necessity', label: 'Why sensitive data', value: 'to prescribe nothing that harms you' },
  { kind: 'actions', label: 'What is done', value: 'look at it, keep it' },
  { kind: 'kept', label: 'Kept', value: '30 days, then deleted' },
  { kind: 'onward', label: 'Passed on', value: 'to nobody' },
  { kind: 'stored-in', label: 'Stored in', value: 'Mainland China' },
  { kind: 'rights', label: 'Your rights', value: 'dpo@hospital.example.invalid' },
  { kind: 'withdrawal', label: 'Withdrawing', value: 'stops what has not happened; what was seen cannot be unseen.' },
  { kind: 'uses', label: 'How often', value: 'once' },
  { kind: 'until', label: 'Until', value: 'today 18:00' },
  { kind: 'rules', label: 'Rules', value: 'chop.gba 2026.1; not legal advice' },
];

/** What the gallery and tests set before they draw. */
export const pages: { change: (page: PageView) => PageView; open?: () => never; agree?: () => never } = { change: (page) => page };
let given = new Map<string, number>();

function pageOf(chosen: Chosen, reveal: boolean): PageView {
  const places = Object.values(chosen.claims).flat();
  const names = (chosen.claims.summary ?? []).map((place) => sheetView.queries[0]?.claims[place]?.name ?? '');
  const isChosen = places.length > 0;
  return pages.change({
    title: 'Sample Hospital asks for data of yours',
    lines: [...lines, ...names.map((name) => ({ kind: 'claim-sensitive', label: 'Would go', value: `${name} · Sample Clinic` }))],
    sentence: isChosen
      ? `Allow Sample Hospital to see ${names.join(' and ')} of yours once, until 18:00 today, for medical consultation; it deletes them after 30 days.`
      : null,
    code: isChosen ? `7K2M9Q${places.length}` : null,
    findings: [
      {
        rule: 'R19', isBlock: false, title: 'Keeping time', what: 'It is kept longer than the purpose usually needs.',
        now: 'Ask why, or narrow it.', source: 'PIPL art. 19', isConfirmed: false,
      },
    ],
    separate: isChosen
      ? [
          { topic: 'SENSITIVE:health', text: 'I consent, separately, that Sample Hospital receives sensitive data of mine (health).', givenAt: given.get('SENSITIVE:health') ?? null },
          { topic: 'CROSS_BORDER', text: 'I consent, separately, that data of mine go to Sample Hospital in Mainland China, for medical consultation.', givenAt: given.get('CROSS_BORDER') ?? null },
        ]
      : [],
    isBlocked: false,
    level: 'L4',
    asksPassphrase: isChosen,
    values: names.map((name) => ({ query: 'summary', name, value: reveal ? 'Penicillin G; high criticality' : '•••', whole: reveal ? 'resources: …' : '•••' })),
    isAboutWard: false,
  });
}

export const consent: Handlers<ConsentCommands> = {
  consent_open: () => {
    pages.open?.();
    given = new Map();
    return { ...sheetView, expires: soon() };
  },
  consent_sheet: () => ({ ...sheetView, expires: soon() }),
  consent_page: ({ chosen, reveal }) => pageOf(chosen, reveal),
  consent_act: ({ topic, given: on }) => {
    if (on) given.set(topic, Math.floor(Date.now() / 1000));
    else given.delete(topic);
  },
  consent_presence: () => undefined,
  consent_agree: () => {
    pages.agree?.();
    return exchangeView;
  },
  consent_decline: () => undefined,
  consent_close: () => undefined,
};
