import { describe, expect, it } from 'vitest';
import { asks, blank, isWhole, toggle } from './draft';

describe('a draft of a request', () => {
  it('asks for a claim once, and for a document only while it asks for a claim of it', () => {
    let draft = toggle(blank(), 'urn:a', 'name', true);
    draft = toggle(draft, 'urn:a', 'name', true);
    expect(draft.documents).toEqual([{ vct: 'urn:a', claims: ['name'] }]);
    expect(asks(draft, 'urn:a', 'name')).toBe(true);
    expect(toggle(draft, 'urn:a', 'name', false).documents).toEqual([]);
  });

  it('is whole with purpose, scene, something asked for and a reason', () => {
    const draft = { ...toggle(blank(), 'urn:a', 'name', true), purpose: 'p', scene: 's' };
    expect(isWhole(draft)).toBe(false);
    expect(isWhole({ ...draft, why: 'to admit' })).toBe(true);
    expect(isWhole({ ...draft, why: 'to admit', documents: [] })).toBe(false);
  });
});
