/** The page's lines in sections, and what is still missing before the seal can be pressed. */
import type { Chosen, LineView, PageView } from '../../wallet/wire/consent';

/** Lines of a section, by core's stable words for their kinds. */
const sections = {
  who: ['who', 'known-by', 'says-of-itself', 'warning'],
  what: ['claim', 'claim-sensitive', 'claim-holder-stated', 'claim-sensitive-holder-stated', 'copy', 'ward', 'level'],
  why: ['why', 'necessity', 'impact', 'actions', 'refusal', 'machine'],
  kept: ['kept', 'onward', 'stored-in'],
  rights: ['rights', 'withdrawal'],
  when: ['uses', 'until', 'sooner', 'rules'],
} as const;

export type Section = keyof typeof sections;
export const order = Object.keys(sections) as Section[];

export function linesOf(page: PageView, section: Section): LineView[] {
  const kinds: readonly string[] = sections[section];
  return page.lines.filter((line) => kinds.includes(line.kind));
}

/** A line of a kind that no section knows stands with the last: nothing that core says is left out. */
export function otherLines(page: PageView): LineView[] {
  const known: string[] = Object.values(sections).flat();
  return page.lines.filter((line) => !known.includes(line.kind));
}

/** What is missing, as keys of words; empty when the seal can be pressed. */
export function missing(page: PageView, chosen: Chosen, typed: { number?: string; passphrase?: string }, asks: { number: boolean; present: boolean }): string[] {
  const open: string[] = [];
  if (page.isBlocked) return ['consent-missing-blocked'];
  if (!page.code) return ['consent-missing-choice'];
  if (page.separate.some((one) => one.givenAt === null)) open.push('consent-missing-separate');
  const passed = (rule: string) => (chosen.overrides[rule] ?? '').trim().length >= 3;
  if (page.findings.some((finding) => !finding.isBlock && !passed(finding.rule))) open.push('consent-missing-reason');
  if (page.asksPassphrase && !asks.present && !typed.passphrase) open.push('consent-missing-passphrase');
  if (asks.number && !/^\d{1,2}$/.test((typed.number ?? '').trim())) open.push('consent-missing-number');
  return open;
}

export function nothingChosen(): Chosen {
  return { claims: {}, items: {}, overrides: {}, asGuardian: false, notes: {} };
}
