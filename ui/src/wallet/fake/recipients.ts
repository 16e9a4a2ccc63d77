import type { RecipientsCommands } from '../commands/recipients';
import type { CaseRow, ConsentAct, ConsentRow, LetterView, RecipientRow, RecipientView } from '../wire/recipients';
import type { Handlers } from './index';
import { peers, places } from './record';
import { shellState } from './shell';

/** What the gallery and tests set before they draw. */
export const recipientsState: {
  count: number;
  isOverdue: boolean;
  cases: CaseRow[];
  acts: ConsentAct[];
  muted: boolean;
  outdated: 'none' | 'open' | 'prepared';
} = {
  count: 0,
  isOverdue: false,
  cases: [],
  acts: ['pause', 'withdraw', 'pledge', 'ended', 'void'],
  muted: false,
  outdated: 'none',
};

type Words = [hans: string, hant: string, en: string, pt: string];
const say = ([hans, hant, en, pt]: Words) =>
  ({ 'zh-Hans': hans, 'zh-Hant': hant, en, pt })[shellState.language] ?? en;
const NOW = Math.floor(Date.UTC(2026, 10, 21, 2) / 1000);
const DAY = 86_400;

function row(number: number): RecipientRow {
  const peer = peers[number]!;
  return {
    id: peer.key,
    name: say(peer.words),
    place: say(places[peer.place]!),
    trust: (['listed', 'unlisted', 'listed', 'changed'] as const)[number]!,
    grants: 3 + number,
    holding: number === 2 ? 0 : 1 + number,
    holdsUntil: number === 2 ? null : NOW + (12 + number * 9) * DAY,
    cases: number === 0 ? 1 : 0,
    overdue: number === 0 && recipientsState.isOverdue ? 1 : 0,
  };
}

function consent(): ConsentRow {
  return {
    id: 'use-0',
    state: say(['已使用', '已使用', 'used', 'usado']),
    isValid: true,
    uses: 1,
    maxUses: 1,
    until: NOW + 6 * 3_600,
    pledgeDue: null,
    pledge: 'none',
    reason: '',
    acts: recipientsState.acts,
    notices: [],
  };
}

const rights: [kind: string, words: Words, days: number | null][] = [
  ['access', ['查阅', '查閱', 'to see', 'a consultar'], 40],
  ['copy', ['复制', '複製', 'to have a copy', 'a obter uma cópia'], 40],
  ['correct', ['更正', '更正', 'to have it corrected', 'à rectificação'], 40],
  ['delete', ['删除', '刪除', 'to have it deleted', 'ao apagamento'], null],
  ['restrict', ['限制处理', '限制處理', 'to have its use restricted', 'à limitação do uso'], null],
  ['transfer', ['转移', '轉移', 'to have it sent elsewhere', 'à transferência'], null],
  ['explain', ['要求说明', '要求說明', 'to have it explained', 'a uma explicação'], null],
];

export function sampleCase(): CaseRow {
  return {
    id: 'case-1',
    exchange: 'use-0',
    kind: say(['权利请求', '權利請求', 'Request', 'Pedido']),
    subject: say(['查阅', '查閱', 'to see', 'a consultar']),
    state: say(['已发出', '已發出', 'sent', 'enviado']),
    isOver: false,
    due: recipientsState.isOverdue ? NOW - 3 * DAY : NOW + 5 * DAY,
    daysLeft: recipientsState.isOverdue ? -3 : 5,
    isOverdue: recipientsState.isOverdue,
    openedAt: NOW - 36 * DAY,
    said: [
      { step: say(['立案', '立案', 'opened', 'aberto']), at: NOW - 36 * DAY, text: say(['我想知道他们保留了什么。', '我想知道他們保留了甚麼。', 'I want to know what they kept.', 'Quero saber o que guardaram.']) },
      { step: say(['发出', '發出', 'sent', 'enviado']), at: NOW - 35 * DAY, text: say(['挂号信', '掛號信', 'by registered post', 'por correio registado']) },
    ],
    hearing: null,
    next: [
      { step: 'acknowledge', name: say(['受理函', '受理函', 'acknowledged', 'acusada a recepção']), needsReason: false, needsHearing: false },
      { step: 'answer', name: say(['答复', '答覆', 'answered', 'respondido']), needsReason: false, needsHearing: false },
      { step: 'refuse', name: say(['拒绝', '拒絕', 'refused', 'recusado']), needsReason: true, needsHearing: false },
    ],
  };
}

function view(id: string): RecipientView {
  const number = Math.max(0, peers.findIndex((peer) => peer.key === id));
  return {
    row: row(number),
    legalId: 'USCC 91440300MA5EXAMPLE',
    contact: [say(['个人信息保护负责人', '個人資料保護主任', 'Data protection officer', 'Encarregado da protecção de dados']), '+86 755 0000 0000', 'dpo@example.invalid'],
    authorities: [say(['国家互联网信息办公室', '國家互聯網信息辦公室', 'Cyberspace Administration of China', 'Administração do Ciberespaço da China'])],
    holds: [
      {
        id: 'use-0',
        at: NOW - DAY,
        purpose: say(['门诊', '門診', 'Outpatient consultation', 'Consulta externa']),
        fields: [
          {
            document: say(['患者健康摘要', '病人健康摘要', 'Patient summary', 'Resumo clínico do doente']),
            fields: [say(['过敏史', '過敏史', 'Allergies', 'Alergias']), say(['现用药', '現用藥', 'Medications', 'Medicação'])],
          },
        ],
        keepUntil: NOW + 29 * DAY,
        mayHaveBeenRead: true,
        reached: say(['已使用并签名', '已使用並簽名', 'used and signed for', 'usado e assinado']),
        crossesBorder: true,
        consent: consent(),
      },
    ],
    rights: rights.map(([kind, words, days]) => ({
      kind,
      name: say(words),
      law: days === null ? 'PIPL art. 44' : 'PDPO s. 19',
      isConfirmed: days === null,
      days,
      channel: 'dpo@example.invalid',
    })),
    cases: recipientsState.cases,
    outdated:
      recipientsState.outdated === 'none'
        ? []
        : [
            {
              item: 'credentials-1',
              title: say(['成绩单', '成績單', 'Academic transcript', 'Certificado académico']),
              fields: [say(['绩点', '平均績點', 'GPA', 'Média']), say(['学分总数', '總學分', 'Credits in total', 'Total de créditos'])],
              isPrepared: recipientsState.outdated === 'prepared',
            },
          ],
  };
}

function letter(): LetterView {
  return {
    lang: shellState.language,
    title: say(['关于本人个人信息的请求', '關於個人資料的要求', 'Request about my personal data', 'Pedido sobre os meus dados pessoais']),
    asked: say([
      '请告知你方持有本人哪些个人信息，以及如何处理。',
      '請告知你方持有本人哪些個人資料，以及如何處理。',
      'Please tell me which of my personal data you hold and what you do with them.',
      'Peço que me digam que dados pessoais meus têm e o que fazem com eles.',
    ]),
    rows: [
      { label: say(['致', '致', 'To', 'A']), values: [say(peers[0]!.words), 'dpo@example.invalid'] },
      { label: say(['授权编号', '授權編號', 'Grant', 'Concessão']), values: ['9xQfT7hYw2m0bA4sKd8rVg'] },
      { label: say(['法律依据', '法律依據', 'Law', 'Lei']), values: ['PIPL art. 45'] },
    ],
    words: say(['我想知道他们保留了什么。', '我想知道他們保留了甚麼。', 'I want to know what they kept.', 'Quero saber o que guardaram.']),
    signature: say(['签名：____________________', '簽署：____________________', 'Signature: ____________________', 'Assinatura: ____________________']),
    footer: say([
      '数印没有向任何机构提交任何材料。本函不构成法律意见。',
      '數印沒有向任何機構提交任何材料。本函並非法律意見。',
      'Chop filed nothing with anybody. This letter is no legal advice.',
      'O Carimbo não entregou nada a ninguém. Esta carta não é parecer jurídico.',
    ]),
  };
}

export const recipients: Handlers<RecipientsCommands> = {
  recipients_list: () => Array.from({ length: recipientsState.count }, (_, number) => row(number)),
  recipients_one: ({ id }) => view(id),
  recipients_correct: () => 1,
  recipients_muted: () =>
    recipientsState.muted
      ? [0, 2].map((number) => ({
          exchange: `no-${number}`,
          name: say(peers[number]!.words),
          purpose: say(['门诊', '門診', 'Outpatient consultation', 'Consulta externa']),
          since: NOW - number * 3_600,
          until: NOW - number * 3_600 + 2 * DAY,
        }))
      : [],
  recipients_consent_act: ({ act }) => ({
    consent: { ...consent(), isValid: act !== 'withdraw' },
    effect:
      act === 'withdraw'
        ? say([
            '自现在起撤回。此前已看到、复制的不受影响，从这里也够不到对方的系统；请要求对方删除。',
            '自現在起撤回。此前已看到、複製的不受影響，從這裏也觸及不到對方的系統；請要求對方刪除。',
            'Withdrawn from now on. What was seen or copied before is not undone, and their systems cannot be reached from here; ask them to delete.',
            'Retirado a partir de agora. O que já foi visto ou copiado não se desfaz, e os sistemas deles não se alcançam daqui; peça-lhes que apaguem.',
          ])
        : null,
    hasNotice: ['withdraw', 'ask-deletion', 'pledge', 'pledge-kept'].includes(act),
  }),
  recipients_save_notice: ({ id }) => ({ name: `${id}.chop-notice`, bytes: 900 }),
  recipients_open_case: () => {
    recipientsState.cases = [{ ...sampleCase(), due: null, daysLeft: null }, ...recipientsState.cases];
    return recipientsState.cases[0]!;
  },
  recipients_step_case: () => sampleCase(),
  recipients_letter: letter,
  recipients_save: ({ id, kind }) => ({
    file: { name: `${kind}-${id}`, bytes: 4_096 },
    missing: kind === 'transfer-dossier' ? [say(['影响评估', '影響評估', 'impact assessment', 'avaliação de impacto'])] : [],
  }),
};
