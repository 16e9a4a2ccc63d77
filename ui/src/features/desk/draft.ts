import { t } from '../../i18n/index.svelte';
import type { AskDraft, DeskForms, LeastForm, PurposeForm } from '../../wallet/wire/desk';

/** A form in which nothing is said yet. */
export function blank(): AskDraft {
  return { purpose: '', scene: '', documents: [], days: 0, why: '', impact: '', refusal: '', city: null };
}

/** Whether a claim of a document is asked for. */
export function asks(draft: AskDraft, vct: string, claim: string): boolean {
  return draft.documents.some((document) => document.vct === vct && document.claims.includes(claim));
}

/** The draft with a claim of a document asked for, or not. */
export function toggle(draft: AskDraft, vct: string, claim: string, on: boolean): AskDraft {
  const others = draft.documents.filter((document) => document.vct !== vct);
  const before = draft.documents.find((document) => document.vct === vct)?.claims ?? [];
  const claims = on ? [...new Set([...before, claim])] : before.filter((name) => name !== claim);
  return { ...draft, documents: claims.length > 0 ? [...others, { vct, claims }] : others };
}

/** What the draft asks for, `document: field, field`, in the reader's words. */
export function said(draft: AskDraft, forms: DeskForms | undefined): string[] {
  return draft.documents.map(({ vct, claims }) => {
    const form = forms?.documents.find((document) => document.vct === vct);
    const names = claims.map((claim) => form?.fields.find((field) => field.claim === claim)?.name ?? claim);
    return `${form?.name ?? vct}${t('record-colon')}${names.join(t('record-comma'))}`;
  });
}

/** The least of one document for each need, of the counter's own place where it has one. A need that is met without
 *  a field, by a yes or no alone, has none: this form does not ask for such. */
export function leastOf(purpose: PurposeForm, forms: DeskForms, place: string | null): LeastForm[] {
  const isNear = ({ vct }: LeastForm) => place !== null && forms.documents.find((one) => one.vct === vct)?.place === place;
  const some = purpose.least.filter(({ claims }) => claims.length > 0);
  const chosen = new Map<string, LeastForm>();
  for (const one of [...some.filter(isNear), ...some]) if (!chosen.has(one.need)) chosen.set(one.need, one);
  return [...chosen.values()];
}

/** Whether it can be sent: a purpose, a scene, something asked for, a reason, and where it is owed the impact. */
export function isWhole(draft: AskDraft, forms: DeskForms | undefined): boolean {
  const isSaid = draft.why.trim() !== '' && !owesImpact(draft, forms);
  return draft.purpose !== '' && draft.scene !== '' && draft.documents.length > 0 && isSaid;
}

/** Whether something sensitive is asked for without a word on what that can mean: the law of the person's place may
 *  forbid her to answer then, and she would be told so instead of the clerk. */
export function owesImpact(draft: AskDraft, forms: DeskForms | undefined): boolean {
  const sensitive = (forms?.documents ?? []).some(({ vct, fields }) =>
    fields.some((field) => field.sensitive && asks(draft, vct, field.claim)),
  );
  return sensitive && draft.impact.trim() === '';
}

/** Cities of the mainland part of the Greater Bay Area by their code of GB/T 2260; named in the words. */
export const cities = ['440100', '440300', '440400', '440600', '440700', '441200', '441300', '441900', '442000'];
