import { describe, expect, it } from 'vitest';
import type { PageView } from '../../wallet/wire/consent';
import { linesOf, missing, nothingChosen, otherLines } from './page';

const page: PageView = {
  title: '', sentence: 's', code: 'ABCDEFG', findings: [], separate: [], isBlocked: false, level: 'L2', asksPassphrase: false,
  values: [], isAboutWard: false,
  lines: [
    { kind: 'who', label: 'Who', value: 'Sample Hospital' },
    { kind: 'says-of-itself', label: 'Says', value: 'hospital' },
    { kind: 'of-a-later-core', label: 'New', value: 'line' },
  ],
};
const warning = { rule: 'R19', isBlock: false, title: '', what: '', now: '', source: '', isConfirmed: true };
const none = { number: false, present: false };

describe('the seal', () => {
  it('waits for a choice, each separate consent, a reason, the passphrase and the number', () => {
    const chosen = nothingChosen();
    expect(missing({ ...page, code: null }, chosen, {}, none)).toEqual(['consent-missing-choice']);
    expect(missing({ ...page, isBlocked: true }, chosen, {}, none)).toEqual(['consent-missing-blocked']);
    expect(missing(page, chosen, {}, none)).toEqual([]);
    const separate = [{ topic: 'CROSS_BORDER', text: '', givenAt: null }];
    expect(missing({ ...page, separate }, chosen, {}, none)).toEqual(['consent-missing-separate']);
    const warned = { ...page, findings: [warning] };
    expect(missing(warned, chosen, {}, none)).toEqual(['consent-missing-reason']);
    expect(missing(warned, { ...chosen, overrides: { R19: '  ' } }, {}, none)).toEqual(['consent-missing-reason']);
    expect(missing(warned, { ...chosen, overrides: { R19: 'I know them' } }, {}, none)).toEqual([]);
    expect(missing({ ...page, asksPassphrase: true }, chosen, {}, none)).toEqual(['consent-missing-passphrase']);
    expect(missing(page, chosen, { number: '4a' }, { ...none, number: true })).toEqual(['consent-missing-number']);
    expect(missing(page, chosen, { number: '47' }, { ...none, number: true })).toEqual([]);
  });
});

describe('the page', () => {
  it('leaves out no line that core says', () => {
    expect(linesOf(page, 'who').map((line) => line.kind)).toEqual(['who', 'says-of-itself']);
    expect(otherLines(page).map((line) => line.kind)).toEqual(['of-a-later-core']);
  });
});
