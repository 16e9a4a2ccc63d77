import type { DeskCommands } from '../commands/desk';
import type { DeskExchange, DeskForms, DeskState } from '../wire/desk';
import type { Handlers } from './index';

/** A pattern that looks like a code and is none. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h3v3h-3zM5 1h1v2h2v1h-3zM1 5h2v1h1v2h-3zM5 5h3v3h-1v-2h-2z"/></svg>`;

export const deskState: DeskState = {
  open: true,
  name: 'Sample Hospital',
  certified: true,
  place: 'CN',
  key: '{"kty":"EC","crv":"P-256","x":"sample","y":"sample"}',
};

const forms: DeskForms = {
  purposes: [
    {
      code: 'care.consultation', name: 'Outpatient care', scenes: [['outpatient', 'outpatient clinic'], ['online', 'online consultation']], maxDays: 180,
      least: [{ need: 'Patient summary', vct: 'urn:chop:ips:1', claims: ['48765-2'] }],
    },
    { code: 'edu.admission', name: 'Admission to studies', scenes: [['admission', 'admissions office']], maxDays: 365, least: [] },
  ],
  documents: [
    {
      vct: 'urn:chop:ips:1', name: 'Patient summary', place: null,
      fields: [
        { claim: '48765-2', name: 'Allergies and intolerances', sensitive: true },
        { claim: '10160-0', name: 'Medication', sensitive: true },
      ],
    },
    {
      vct: 'urn:chop:cn.resident_id:1', name: 'Resident identity card', place: 'CN',
      fields: [
        { claim: 'name', name: 'Name', sensitive: false },
        { claim: 'id_number', name: 'Citizen identity number', sensitive: true },
      ],
    },
  ],
};

export const asked: DeskExchange = {
  id: 'asked', state: 'requested', offer: null, purpose: 'Outpatient care', created: 1_795_219_200,
  expires: 1_795_219_500, code: { frames: [drawing, drawing], of: 2 }, result: null,
};

export const taken: DeskExchange = {
  ...asked,
  id: 'taken',
  state: 'accepted',
  code: { frames: [drawing], of: 1 },
  result: {
    taken: 1_795_219_260,
    due: 1_797_811_260,
    documents: [
      {
        name: 'Patient summary', issuer: 'Sample Clinic', status: 'not-checked',
        claims: [{ name: 'Allergies and intolerances', value: 'Penicillin G · active · high', whole: '{ "resources": [] }' }],
      },
      { name: 'Own record', issuer: null, status: 'no-list', claims: [{ name: 'Title', value: 'Next of kin', whole: null }] },
    ],
    files: [{ name: 'letter.pdf', mime: 'application/pdf', size: 20_480 }],
    withheld: ['Patient summary · Medication'],
  },
};

const erased: DeskExchange = { ...asked, id: 'erased', state: 'erased', code: { frames: [drawing], of: 1 } };
const all = [asked, taken, erased];

export const desk: Handlers<DeskCommands> = {
  desk_open: () => null,
  desk_state: () => ({ ...deskState }),
  desk_forms: () => forms,
  desk_certify: () => ({ ...deskState, certified: true }),
  desk_ask: () => asked,
  desk_list: () => all.map((row) => ({ ...row, code: null, result: null })),
  desk_exchange: ({ exchange }) => all.find((row) => row.id === exchange) ?? asked,
  desk_shown: () => null,
  desk_take: () => taken,
  desk_save_file: () => true,
  desk_kept: () => [
    { exchange: 'taken', purpose: 'Outpatient care', taken: 1_795_219_260, due: 1_797_811_260 },
  ],
  desk_erase: () => erased,
};
