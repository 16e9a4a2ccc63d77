/** The words of the page, from the files that it is built of: a walk names keys and reads any language. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentBundle, FluentResource } from '@fluent/bundle';

export const LANGUAGES = ['zh-Hans', 'zh-Hant', 'en', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

const folder = join(import.meta.dirname, '../../src/i18n');
const bundles = new Map(LANGUAGES.map((language) => [language, read(language)]));

export function words(language: Language, key: string, values: Record<string, string | number> = {}): string {
  const bundle = bundles.get(language);
  const pattern = bundle?.getMessage(key)?.value;
  if (!bundle || !pattern) throw new Error(`no words for ${key} in ${language}`);
  return bundle.formatPattern(pattern, values);
}

function read(language: Language): FluentBundle {
  const bundle = new FluentBundle(language, { useIsolating: false });
  for (const file of readdirSync(join(folder, language))) {
    bundle.addResource(new FluentResource(readFileSync(join(folder, language, file), 'utf8')));
  }
  return bundle;
}
