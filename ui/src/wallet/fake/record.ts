import type { RecordCommands } from '../commands/record';
import type { AuditAnswer, EntryLine, RecordOverview, Stage, UseMark, UseRow, UseView } from '../wire/record';
import { tell } from './events';
import type { Handlers } from './index';
import { shellState } from './shell';

/** What the gallery and tests set before they draw. */
export const recordState = { uses: 0, isBroken: false, isSlow: false, stopped: new Set<number>() };

type Words = [hans: string, hant: string, en: string, pt: string];
const say = ([hans, hant, en, pt]: Words) =>
  ({ 'zh-Hans': hans, 'zh-Hant': hant, en, pt })[shellState.language] ?? en;

export const peers: { key: string; words: Words; place: number }[] = [
  { key: 'x509_hash:a1', words: ['示例医院（深圳）', '示例醫院（深圳）', 'Sample Hospital, Shenzhen', 'Hospital Exemplo, Shenzhen'], place: 0 },
  { key: 'x509_hash:b2', words: ['示例大学', '示例大學', 'Sample University', 'Universidade Exemplo'], place: 1 },
  { key: 'x509_hash:c3', words: ['示例银行香港分行', '示例銀行香港分行', 'Sample Bank, Hong Kong Branch', 'Banco Exemplo, sucursal de Hong Kong'], place: 2 },
  { key: 'x509_hash:d4', words: ['示例人才服务中心', '示例人才服務中心', 'Sample Centre for Talents and Placement of the Greater Bay Area', 'Centro Exemplo de Talentos e Colocação da Grande Baía'], place: 1 },
];
export const places: Words[] = [
  ['中国内地', '中國內地', 'Mainland China', 'China continental'],
  ['澳门', '澳門', 'Macao', 'Macau'],
  ['香港', '香港', 'Hong Kong', 'Hong Kong'],
];
const documents: Words[] = [
  ['患者健康摘要', '病人健康摘要', 'Patient summary', 'Resumo clínico do doente'],
  ['成绩单', '成績單', 'Transcript', 'Certificado de notas'],
  ['身份证明', '身份證明', 'Identity document', 'Documento de identificação'],
];
const fieldNames: Words[] = [
  ['过敏史', '過敏史', 'Allergies', 'Alergias'],
  ['课程与成绩', '課程與成績', 'Courses and grades', 'Disciplinas e notas'],
  ['姓名', '姓名', 'Name', 'Nome'],
];
const purposes: Words[] = [
  ['门诊', '門診', 'Outpatient consultation', 'Consulta externa'],
  ['入学申请', '入學申請', 'Admission to studies', 'Admissão a estudos'],
  ['开立账户', '開立帳戶', 'Opening an account', 'Abertura de conta'],
];
const order: Stage[] = ['used', 'used', 'acknowledged', 'used', 'erased', 'withdrawn', 'used', 'refused', 'granted', 'declined'];
const NOW = Math.floor(Date.UTC(2026, 10, 21, 2) / 1000);

/** A use every day and a half, back from today. */
function marks(): UseMark[] {
  return Array.from({ length: recordState.uses }, (_, number) => ({
    id: `use-${number}`,
    at: NOW - Math.round(number * 1.5 * 86_400) - (number % 5) * 1_700,
    recipient: (number * 7 + (number % 3)) % peers.length,
    place: peers[(number * 7 + (number % 3)) % peers.length]!.place,
    documents: [number % 3],
    stage: order[number % order.length]!,
  }));
}

function overview(): RecordOverview {
  return {
    uses: marks(),
    recipients: peers.map(({ key, words }) => ({ key, name: say(words) })),
    places: places.map((words, place) => ({ key: ['CN', 'MO', 'HK'][place]!, name: say(words) })),
    documents: documents.map((words, number) => ({ key: `urn:sample:${number}`, name: say(words) })),
    entries: recordState.uses * 8,
  };
}

function row(mark: UseMark): UseRow {
  const document = mark.documents[0] ?? 0;
  return {
    id: mark.id,
    at: mark.at,
    recipient: say(peers[mark.recipient]!.words),
    clientId: peers[mark.recipient]!.key,
    place: mark.place === null ? '' : say(places[mark.place]!),
    purpose: say(purposes[document]!),
    fields: [{ document: say(documents[document]!), fields: [say(fieldNames[document]!)] }],
    stage: mark.stage,
    state: say(['已使用并签名', '已使用並簽名', 'used and signed for', 'usado e assinado']),
    elapsed: 65 + (mark.at % 400),
  };
}

function view(id: string): UseView {
  const mark = marks().find((one) => one.id === id) ?? { ...marks()[0]! };
  const step = (index: number, words: Words, since: number, at: number) => ({ index, what: say(words), at, since });
  return {
    row: row(mark),
    sentence: say([
      '允许示例医院（深圳）在今天 18:00 前看一次你的过敏史，用于门诊，30 天后删除。',
      '允許示例醫院（深圳）在今天 18:00 前看一次你的過敏史，用於門診，30 天後刪除。',
      'Sample Hospital, Shenzhen may look once at your allergies before 18:00 today, for an outpatient consultation, and deletes them after 30 days.',
      'O Hospital Exemplo, Shenzhen, pode ver uma vez as suas alergias até hoje às 18:00, para consulta externa, e apaga-as passados 30 dias.',
    ]),
    effect: say([
      '撤回后对方不得再使用；此前已看到或复制的，从这里够不到。',
      '撤回後對方不得再使用；此前已看到或複製的，從這裏觸及不到。',
      'Taking it back ends further use. What was seen or copied before is out of reach.',
      'Retirar termina o uso futuro. O que já foi visto ou copiado fica fora do alcance.',
    ]),
    keepUntil: mark.at + 30 * 86_400,
    recordDigest: '5f1c9c0e6a3b0d5e8f27c4b19a7d6e3f2c1b0a998877665544332211ffeeddcc',
    signed: [
      { stage: 'acknowledged', at: mark.at + 12 },
      { stage: 'used', at: mark.at + 64 },
    ],
    steps: [
      step(120, ['一次性授权', '一次性授權', 'granted once', 'concedido uma vez'], 0, mark.at),
      step(121, ['已签收', '已簽收', 'acknowledged', 'acusada a recepção'], 14, mark.at + 14),
      step(122, ['密钥已出示', '密鑰已出示', 'key shown', 'chave mostrada'], 3, mark.at + 17),
      step(124, ['使用已签名', '使用已簽名', 'use signed', 'uso assinado'], 48, mark.at + 65),
    ],
    elapsed: 65,
    entries: 160,
    canProve: true,
    crossesBorder: true,
  };
}

function audit(): AuditAnswer {
  const broken = recordState.isBroken;
  return {
    isClean: !broken,
    verdict: broken
      ? say(['记录不成立。', '記錄不成立。', 'The record does not hold.', 'O registo não se sustenta.'])
      : say([
          '记录自身一致，且与各表一致。',
          '記錄自身一致，且與各表一致。',
          'The record agrees with itself and with every table.',
          'O registo concorda consigo e com todas as tabelas.',
        ]),
    entries: 100_000,
    erased: 12,
    rows: 214_380,
    flaws: broken
      ? [
          {
            what: say(['有一条记录被改动过。', '有一條記錄被改動過。', 'An entry of the record was changed.', 'Uma entrada do registo foi alterada.']),
            place: 'log 1742',
            code: 'audit.entry-changed',
            now: say(['请从备份恢复，并保留此副本作为证据。', '請從備份還原，並保留此副本作為證據。', 'Restore from a backup and keep this copy as evidence.', 'Restaure a partir de uma cópia e guarde esta como prova.']),
          },
          {
            what: say(['某一行被从外部改动。', '某一行被從外部改動。', 'A row was changed from outside.', 'Uma linha foi alterada de fora.']),
            place: 'exchange 9xQf',
            code: 'audit.row-changed',
            now: '',
          },
        ]
      : [],
    flawCount: broken ? 2 : 0,
  };
}

const later = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

export const record: Handlers<RecordCommands> = {
  record_overview: overview,
  record_rows: ({ ids }) => marks().filter((mark) => ids.includes(mark.id)).map(row),
  record_use: ({ id }) => view(id),
  record_entries: ({ before }) => {
    const end = before ?? 48;
    const lines: EntryLine[] = Array.from({ length: Math.min(24, end) }, (_, number) => ({
      index: end - 1 - number,
      at: number === 3 ? null : NOW - number * 3_000,
      what: say(number === 3 ? ['条目已销毁，叶子仍在', '條目已銷毀，葉子仍在', 'entry erased; its leaf stays', 'entrada apagada; a folha fica'] : ['使用已签名', '使用已簽名', 'use signed', 'uso assinado']),
      exchange: number % 2 === 0 ? `use-${number}` : null,
    }));
    return { lines, next: end > 24 ? end - 24 : null };
  },
  record_check: async ({ job }) => {
    for (let done = 0; done <= 100_000; done += 20_000) {
      tell('progress', { job, done, of: 100_000 });
      await later(recordState.isSlow ? 60_000 : 1);
      if (recordState.stopped.delete(job)) return null;
    }
    return audit();
  },
  record_prove: ({ id }) => ({ name: `${id}.chop-proof`, bytes: 12_345 }),
  record_check_proof: () => ({
    file: 'hospital-2026-11-21.chop-proof',
    isValid: !recordState.isBroken,
    isAnchored: true,
    statements: recordState.isBroken
      ? [say(['签名与内容不符。', '簽名與內容不符。', 'The signature does not fit the content.', 'A assinatura não corresponde ao conteúdo.'])]
      : [
          say(['一致，且你的信任名单为签名者作保', '一致，且你的信任名單為簽名者作保', 'consistent, and your anchors vouch for who signed', 'coerente, e as suas âncoras respondem por quem assinou']),
          say(['日志：160 条中出示 4 条，均在日志之中', '日誌：160 條中出示 4 條，均在日誌之中', 'log: 4 of 160 entries shown, all in the log', 'registo: mostradas 4 de 160 entradas, todas no registo']),
        ],
    part: recordState.isBroken ? say(['使用回执', '使用回執', 'use receipt', 'recibo de uso']) : null,
    code: recordState.isBroken ? 'pack.bad-object' : null,
  }),
  job_cancel: ({ job }) => {
    recordState.stopped.add(job);
    return null;
  },
};
