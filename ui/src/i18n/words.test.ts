import { FluentBundle, FluentResource } from '@fluent/bundle';
import { describe, expect, it } from 'vitest';
import { languages } from './index.svelte';

const files = import.meta.glob<string>('./*/*.ftl', { query: '?raw', import: 'default', eager: true });
const sources = import.meta.glob<string>('../**/*.{svelte,ts}', { query: '?raw', import: 'default', eager: true });

function keys(language: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [path, text] of Object.entries(files).filter(([path]) => path.startsWith(`./${language}/`))) {
    const bundle = new FluentBundle(language);
    expect(bundle.addResource(new FluentResource(text)), path).toEqual([]);
    for (const entry of text.matchAll(/^([a-z][\w-]*) =([\s\S]*?)(?=^\S|$(?![\s\S]))/gm)) {
      const variables = [...(entry[2] ?? '').matchAll(/\$([a-zA-Z]+)/g)].map((match) => match[1]);
      expect(found.has(entry[1] ?? ''), `${path}: ${entry[1]} twice`).toBe(false);
      found.set(entry[1] ?? '', [...new Set(variables)].sort().join(' '));
    }
  }
  return found;
}

describe('words', () => {
  it.each(languages)('%s says everything that English says, with the same values', (language) => {
    expect(Object.fromEntries(keys(language))).toEqual(Object.fromEntries(keys('en')));
  });

  it('has words for every key that the page names', () => {
    const english = keys('en');
    const missing: string[] = [];
    for (const [path, text] of Object.entries(sources).filter(([path]) => !path.includes('.test.'))) {
      for (const match of text.matchAll(/\bt\(\s*'([\w-]+)'/g)) {
        if (!english.has(match[1] ?? '')) missing.push(`${path}: ${match[1]}`);
      }
    }
    expect(missing).toEqual([]);
  });
});
