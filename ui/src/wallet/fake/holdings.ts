/** Sample papers: nobody here exists, and every name says so. */
import { language } from '../../i18n/index.svelte';
import type { HoldingsCommands } from '../commands/holdings';
import type { FieldGroup, FindingLine, Leaf } from '../wire/fields';
import type { Card, CardsPage, ShelfName } from '../wire/holdings';
import type { Incoming, Waiting } from '../wire/intake';
import type { ItemPage, NewProfileLine, ProfileLine, SeenLine } from '../wire/item';
import { tell } from './events';
import type { Handlers } from './index';

const DAY = 86_400;
const NOW = 1_795_219_200;

/** One text in the reader's language. */
function said(hans: string, hant: string, en: string, pt: string): string {
  return { 'zh-Hans': hans, 'zh-Hant': hant, en, pt }[language()];
}

const office = (): string => said('示例市公安局', '示例市公安局', 'Sample City Public Security', 'Segurança Pública Exemplo');
const sealed = (): string => said('印章有效；未查是否被撤销', '印章有效；未查是否被撤銷', 'seal valid; whether it was revoked was not checked', 'selo válido; não se verificou se foi revogado');

/** What the gallery and tests set before they draw. */
export const held: { cards: number; fails: boolean; broken: boolean; slow: boolean; long: boolean; search: ((text: string) => Promise<CardsPage>) | null } = {
  cards: 7,
  fails: false,
  broken: false,
  slow: false,
  long: false,
  search: null,
};

const kinds: ((at: number) => Partial<Card>)[] = [
  () => ({ typeName: said('居民身份证', '居民身份證', 'Resident identity card', 'Bilhete de identidade de residente'), title: null, issuer: office(), expiresAt: NOW + 3000 * DAY, validity: 'holds' }),
  () => ({ typeName: said('成绩单', '成績單', 'Academic transcript', 'Certificado académico'), title: '2026 (copy)', issuer: said('示例大学', '示例大學', 'Sample University', 'Universidade Exemplo'), validity: 'endless', version: 2 }),
  () => ({ typeName: said('港澳居民来往内地通行证', '港澳居民來往內地通行證', 'Mainland travel permit for Hong Kong and Macao residents', 'Salvo-conduto para residentes de Hong Kong e Macau'), title: null, issuer: said('示例出入境管理局', '示例出入境管理局', 'Sample Immigration Bureau', 'Serviço de Migração Exemplo'), expiresAt: NOW + 20 * DAY, validity: 'soon' }),
  () => ({ typeName: said('社会保险参保证明', '社會保險參保證明', 'Proof of social insurance', 'Certidão de segurança social'), title: null, issuer: '', seal: 'cannotCheck', sealText: said('印章无法核对', '印章無法核對', 'seal cannot be checked', 'selo não verificável'), about: said('张小示例', '張小示例', 'Little Sample', 'Pequeno Exemplo') }),
  () => ({ typeName: said('营业执照', '營業執照', 'Business licence', 'Licença comercial'), title: 'Sample Trading 914***********A00A', issuer: said('示例市场监督管理局', '示例市場監督管理局', 'Sample Market Authority', 'Autoridade de Mercado Exemplo'), seal: 'invalid', sealText: said('已被签发机构撤销', '已被簽發機構撤銷', 'revoked by its issuer', 'revogado pelo emissor'), expiresAt: NOW - 40 * DAY, validity: 'over', share: 'never' }),
];

export function card(at: number, shelf: ShelfName = 'credentials'): Card {
  const base: Card = {
    id: `${shelf}-${at}`,
    shelf,
    typeName: said('持有人的数据', '持有人的資料', 'Item of the holder', 'Item do titular'),
    title: ['allergies.json', 'photo.jpg', 'lease-2026.pdf'][at % 3] ?? null,
    issuer: '',
    about: null,
    seal: 'stated',
    sealText: said('本人自述，没有签发机构的印章', '本人自述，沒有簽發機構的印章', 'stated by the holder, no issuer’s seal', 'declarado pelo titular, sem selo de emissor'),
    expiresAt: null,
    validity: 'endless',
    version: 1,
    updatedAt: NOW - at * 3600,
    share: at % 3 === 2 ? 'open' : 'ask',
  };
  if (shelf === 'data') return base;
  const kind = kinds[at % kinds.length];
  return { ...base, seal: 'valid', sealText: sealed(), share: 'ask', ...kind?.(at) };
}

function page(shelf: ShelfName, after: number): { cards: Card[]; next: string | null } {
  const end = Math.min(after + 100, held.cards);
  const cards = Array.from({ length: Math.max(0, end - after) }, (_, at) => card(after + at, shelf));
  return { cards, next: end < held.cards ? String(end) : null };
}

function leaf(path: string[], masked: string, kind: Leaf['kind'] = 'text', name = ''): Leaf {
  return { path, name, masked, kind };
}

function groups(): FieldGroup[] {
  const personal = said('个人信息', '個人資料', 'personal', 'pessoal');
  const number = said('身份号码', '身份號碼', 'identity number', 'número de identidade');
  const sensitive = said('敏感个人信息', '敏感個人資料', 'sensitive', 'sensível');
  const plain = { isSensitiveInMacao: false, provider: office(), findings: [], read: null };
  const wrong: FindingLine[] = [{ field: 'id_number', text: said('校验位不对', '校驗位不符', 'the check digit is wrong', 'o dígito de controlo está errado'), isWarning: false }];
  const list: FieldGroup[] = [
    { key: 'name', name: said('姓名', '姓名', 'Name', 'Nome'), class: personal, level: 'L2', ...plain, leaves: [leaf(['name'], '张**')] },
    { key: 'birth_date', name: said('出生日期', '出生日期', 'Birth date', 'Data de nascimento'), class: personal, level: 'L2', ...plain, leaves: [leaf(['birth_date'], '1990-**-**')] },
    { key: 'address', name: said('住址', '住址', 'Address', 'Morada'), class: personal, level: 'L2', ...plain, leaves: [leaf(['address'], '示例省****')] },
    { key: 'id_number', name: said('公民身份号码', '公民身份號碼', 'Citizen identity number', 'Número de identidade'), class: number, level: 'L3', ...plain, isSensitiveInMacao: true, findings: held.broken ? wrong : [], leaves: [leaf(['id_number'], '440***********001X')] },
    { key: 'age_over_18', name: said('已满 18 岁', '已滿 18 歲', '18 or older', '18 anos ou mais'), class: null, level: null, ...plain, provider: null, leaves: [leaf(['age_over_18'], '•••', 'truth')] },
    { key: 'portrait', name: said('人像', '人像', 'Portrait', 'Retrato'), class: sensitive, level: 'L4', ...plain, leaves: [leaf(['portrait'], '•••', 'picture')] },
  ];
  if (held.long) {
    const leaves = Array.from({ length: 40 }, (_, at) => leaf(['courses', String(at), 'grade'], '•••', 'text', `${at + 1} › grade`));
    list.push({ key: 'courses', name: said('课程', '課程', 'Courses', 'Disciplinas'), class: null, level: null, ...plain, provider: null, leaves });
  }
  return list;
}

const clear: Record<string, string> = {
  name: '张示例', birth_date: '1990-01-01', address: '示例省示例市示例路0号', id_number: '44000019900101001X', age_over_18: 'true',
  portrait: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
};

function item(id: string): ItemPage {
  const [shelf, at] = id.split('-');
  const isData = shelf === 'data';
  const of = card(Number(at ?? 0), isData ? 'data' : 'credentials');
  return {
    card: { ...of, ...marks[id] },
    isErased: false,
    form: isData ? 'file' : 'dc+sd-jwt',
    groups: isData ? [] : groups(),
    isCut: false,
    isKnown: !isData,
    isStale: held.broken,
    level: isData ? null : 'L4',
    accountable: isData ? null : { responsible: said('公安部', '公安部', 'Ministry of Public Security', 'Ministério da Segurança Pública'), provider: office(), contact: '12389' },
    versions: [
      ...(of.version > 1 ? [{ number: 2, addedAt: NOW - DAY, size: 20_480 }] : []),
      { number: 1, addedAt: NOW - 30 * DAY, size: 18_200 },
    ],
    file: isData ? { name: of.title ?? 'file', mime: 'application/pdf', size: 3_400_000 } : null,
    biometricsMayLeave: false,
    hasBiometrics: !isData,
    subject: null,
    writtenAs: null,
    hasStatus: !isData,
  };
}

const marks: Record<string, Partial<Card>> = {};
const people: ProfileLine[] = [];
const waiting = new Map<string, Waiting & { text?: string }>();
let tokens = 0;

function comes(name: string, size: number, text?: string): Waiting {
  const one: Waiting = { token: String(tokens++), name, size };
  waiting.set(one.token, text === undefined ? one : { ...one, text });
  return one;
}

function written(id: string, { evidence, ...person }: NewProfileLine): ProfileLine {
  const relation = person.isParent ? said('父母', '父母', 'parent', 'pai ou mãe') : said('监护人', '監護人', 'guardian', 'tutor');
  const title = said('出生医学证明', '出生證明書', 'Birth certificate', 'Certidão de nascimento');
  return { id, ...person, age: 'under14', relation, evidence: evidence ? { id: evidence, title } : null };
}

/** The child of the gallery. */
export function sampleWard(hasEvidence: boolean): ProfileLine {
  const name = said('张小示例', '張小示例', 'Little Sample', 'Pequeno Exemplo');
  return written('profile-0', { name, born: '2018-05-04', place: 'HK', guardian: said('张示例', '張示例', 'Sample Cheung', 'Cheung Exemplo'), isParent: true, evidence: hasEvidence ? 'credentials-3' : null });
}

function seen(): SeenLine[] {
  const hospital = said('示例医院', '示例醫院', 'Sample Hospital', 'Hospital Exemplo');
  const [name, birth] = [said('姓名', '姓名', 'Name', 'Nome'), said('出生日期', '出生日期', 'Birth date', 'Data de nascimento')];
  return [
    { at: NOW - 3600, who: said('示例银行柜台', '示例銀行櫃位', 'Sample Bank counter', 'Balcão do Banco Exemplo'), exchange: null, state: '', claims: [name], isCertain: true, note: null },
    { at: NOW - 2 * DAY, who: hospital, exchange: 'ex-1', state: said('已使用', '已使用', 'used', 'usado'), claims: [name, birth], isCertain: true, note: said('仅供入学审核', '僅供入學審核', 'for admission only', 'só para admissão') },
  ];
}

function incoming(one: Waiting & { text?: string }): Incoming {
  const isPaper = /sd-jwt|eyJ|openid/.test(one.name + (one.text ?? ''));
  const isBroken = one.name.endsWith('.png');
  return {
    form: isPaper ? 'dc+sd-jwt' : 'file',
    typeName: isPaper ? card(0).typeName : said('持有人的数据', '持有人的資料', 'Item of the holder', 'Item do titular'),
    title: isPaper ? null : one.name || 'text.txt',
    issuer: isPaper ? office() : '',
    seal: isPaper ? 'valid' : 'stated',
    sealText: isPaper ? sealed() : card(0, 'data').sealText,
    expiresAt: isPaper ? NOW + 3000 * DAY : null,
    validity: isPaper ? 'holds' : 'endless',
    size: one.size,
    groups: isPaper ? groups() : [],
    isCut: false,
    isFromCode: false,
    picture: isBroken ? { code: 'qr.picture-damaged', fault: 'user', what: said('图片已损坏。', '圖片已損壞。', 'The picture is damaged.', 'A imagem está danificada.'), left: '', now: '' } : null,
  };
}

function lockedFailure(): never {
  throw { code: 'vault.locked', fault: 'user', what: said('数据空间已锁。', '資料空間已鎖。', 'The space is locked.', 'O espaço está fechado.'), left: said('没有数据离开。', '沒有資料離開。', 'No data left.', 'Não saíram dados.'), now: said('请先解锁。', '請先解鎖。', 'Unlock it first.', 'Abra-o primeiro.') };
}

export const holdings: Handlers<HoldingsCommands> = {
  holdings_cards: ({ shelf, after }) => {
    if (held.slow) return new Promise(() => {});
    return held.fails ? lockedFailure() : page(shelf, Number(after ?? 0));
  },
  holdings_search: ({ text }) => {
    if (held.search) return held.search(text);
    const all = [...page('credentials', 0).cards, ...page('data', 0).cards];
    const has = (card: Card): boolean => `${card.typeName} ${card.title ?? ''} ${card.issuer}`.toLowerCase().includes(text.toLowerCase());
    return { cards: all.filter(has), next: null };
  },
  item_open: ({ id }) => (held.fails ? lockedFailure() : item(id)),
  item_reveal: ({ path }) => ({ text: clear[path[0] ?? ''] ?? 'A', kind: path[0] === 'portrait' ? 'picture' : path[0] === 'age_over_18' ? 'truth' : 'text' }),
  item_seen: () => (held.cards === 0 ? [] : seen()),
  item_conflicts: () =>
    held.broken
      ? [{ name: said('住址', '住址', 'Address', 'Morada'), copies: [
          { item: 'credentials-0', title: '', issuer: office(), masked: '示例省****', asOf: NOW - DAY },
          { item: 'credentials-2', title: '', issuer: said('示例出入境管理局', '示例出入境管理局', 'Sample Immigration Bureau', 'Serviço de Migração Exemplo'), masked: '示例市****', asOf: NOW - 90 * DAY },
        ] }]
      : [],
  item_wrong: () => [{ who: said('示例医院', '示例醫院', 'Sample Hospital', 'Hospital Exemplo'), version: 1, claims: [said('绩点', '績點', 'GPA', 'Média')] }],
  item_prepare_corrections: () => 1,
  item_set_share: ({ id, share }) => {
    marks[id] = { ...marks[id], share };
    return null;
  },
  item_set_subject: () => null,
  item_set_biometrics: () => null,
  item_erase: () => null,
  item_show: ({ id, to, clear: legible }) => {
    const of = item(id);
    const fields = of.groups.filter((group) => group.key !== 'portrait');
    return {
      card: of.card,
      fields: fields.map((group) => {
        const isClear = legible.includes(group.key);
        return { name: group.name, text: isClear ? (clear[group.key] ?? 'A') : (group.leaves[0]?.masked ?? ''), isClear };
      }),
      picture: of.groups.length > 0 ? (clear.portrait ?? null) : null,
      to,
      at: NOW,
    };
  },
  item_full_screen: () => null,
  item_ask_status: () => ({ taken: 1, failures: [] }),
  item_stop_status: () => null,
  profile_list: () => [...people],
  profile_add: ({ new: person }) => {
    const id = `profile-${people.length}`;
    people.push(written(id, person));
    return id;
  },
  profile_change: ({ id, new: person }) => {
    people.splice(people.findIndex((known) => known.id === id), 1, written(id, person));
    return null;
  },
  form_list: () => [
    { code: 'cn.resident_id', name: card(0).typeName, place: 'CN' },
    { code: 'med.lab', name: said('检验报告', '化驗報告', 'Laboratory report', 'Relatório laboratorial'), place: '' },
  ],
  form_open: ({ code }) => ({
    code,
    name: card(0).typeName,
    lines: [
      { key: 'name', name: said('姓名', '姓名', 'Name', 'Nome'), kind: 'text', values: [], example: '张示例', class: said('个人信息', '個人資料', 'personal', 'pessoal'), level: 'L2' },
      { key: 'sex', name: said('性别', '性別', 'Sex', 'Sexo'), kind: 'code', values: ['1', '2'], example: '1', class: said('个人信息', '個人資料', 'personal', 'pessoal'), level: 'L2' },
      { key: 'birth_date', name: said('出生日期', '出生日期', 'Birth date', 'Data de nascimento'), kind: 'date', values: [], example: '1990-01-01', class: said('个人信息', '個人資料', 'personal', 'pessoal'), level: 'L2' },
      { key: 'id_number', name: said('公民身份号码', '公民身份號碼', 'Citizen identity number', 'Número de identidade'), kind: 'text', values: [], example: '44000019900101001X', class: said('身份号码', '身份號碼', 'identity number', 'número de identidade'), level: 'L3' },
    ],
  }),
  form_check: ({ draft }) => {
    const number = draft.values.id_number ?? '';
    if (number === '' || number === '44000019900101001X') return [];
    return [{ field: 'id_number', text: said('校验位不对', '校驗位不符', 'the check digit is wrong', 'o dígito de controlo está errado'), isWarning: false }];
  },
  form_draft: () => ({ code: 'cn.resident_id', title: 'My own', values: { name: '张示例' } }),
  form_keep: ({ draft }) => ({ id: 'data-0', title: draft.title }),
  intake_pick: () => [comes('identity.sd-jwt', 3_210), comes('holiday.png', 2_048_000)],
  intake_text: ({ text }) => comes('', text.length, text),
  intake_look: ({ token }) => {
    const one = waiting.get(token);
    if (!one) return lockedFailure();
    if (one.text?.startsWith('openid')) return { is: 'code', host: 'issuer.example.invalid', said: 'SMS', length: 6, isNumeric: true, tries: 3 };
    if (one.text?.startsWith('CHOP')) return { is: 'message' };
    return { is: 'preview', ...incoming(one) };
  },
  intake_code: ({ token }) => ({ is: 'preview', ...incoming(waiting.get(token) ?? comes('', 0, 'eyJ')) }),
  intake_keep: async ({ token, title }) => {
    const one = waiting.get(token);
    const of = one?.size ?? 0;
    for (const part of [0.25, 0.5, 1]) tell('intake-progress', { token, done: Math.round(of * part), of });
    return waiting.delete(token) ? { id: 'credentials-0', title: title ?? card(0).typeName } : null;
  },
  intake_let_go: ({ token }) => {
    waiting.delete(token);
    return null;
  },
};
