import { describe, expect, it } from 'vitest';
import { speak } from '../../i18n/index.svelte';
import type { DeskForms, PurposeForm } from '../../wallet/wire/desk';
import { asks, blank, isWhole, leastOf, owesImpact, said, toggle } from './draft';

describe('a draft of a request', () => {
  it('asks for a claim once, and for a document only while it asks for a claim of it', () => {
    let draft = toggle(blank(), 'urn:a', 'name', true);
    draft = toggle(draft, 'urn:a', 'name', true);
    expect(draft.documents).toEqual([{ vct: 'urn:a', claims: ['name'] }]);
    expect(asks(draft, 'urn:a', 'name')).toBe(true);
    expect(toggle(draft, 'urn:a', 'name', false).documents).toEqual([]);
  });

  it('says what it asks for with the marks of the language', () => {
    const draft = toggle(toggle(blank(), 'urn:a', 'name', true), 'urn:a', 'grade', true);
    speak('zh-Hans');
    expect(said(draft, undefined)).toEqual(['urn:a：name、grade']);
    speak('en');
    expect(said(draft, undefined)).toEqual(['urn:a: name, grade']);
  });

  it('is whole with purpose, scene, something asked for and a reason', () => {
    const draft = { ...toggle(blank(), 'urn:a', 'name', true), purpose: 'p', scene: 's' };
    expect(isWhole(draft, undefined)).toBe(false);
    expect(isWhole({ ...draft, why: 'to admit' }, undefined)).toBe(true);
    expect(isWhole({ ...draft, why: 'to admit', documents: [] }, undefined)).toBe(false);
  });

  it('says what sensitive data can mean for the person before it is whole', () => {
    const fields = [{ claim: 'name', name: 'Name', sensitive: false }, { claim: 'allergy', name: 'Allergy', sensitive: true }];
    const forms = { documents: [{ vct: 'urn:a', name: 'A', place: null, fields }] } as unknown as DeskForms;
    const draft = { ...toggle(blank(), 'urn:a', 'name', true), purpose: 'p', scene: 's', why: 'to admit' };
    expect(isWhole(draft, forms)).toBe(true);
    const more = toggle(draft, 'urn:a', 'allergy', true);
    expect([owesImpact(more, forms), isWhole(more, forms)]).toEqual([true, false]);
    expect(isWhole({ ...more, impact: 'work could suffer' }, forms)).toBe(true);
  });

  it('begins with the papers of its own place, and with none where a yes or no is enough', () => {
    const documents = [{ vct: 'hk', place: 'HK' }, { vct: 'cn', place: 'CN' }];
    const forms = { documents } as unknown as DeskForms;
    const least = [
      { need: 'registration', vct: 'hk', claims: ['brn'] },
      { need: 'registration', vct: 'cn', claims: ['uscc'] },
      { need: 'match', vct: 'cn', claims: [] },
    ];
    const purpose = { least } as unknown as PurposeForm;
    expect(leastOf(purpose, forms, 'CN')).toEqual([least[1]]);
    expect(leastOf(purpose, forms, 'MO')).toEqual([least[0]]);
  });
});
