/** The page's own words, in Fluent, the format of core's. What core words itself (notices, errors, names
 *  of documents and fields) comes from core and is not said twice here. */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { here } from './clock';

export const languages = ['zh-Hans', 'zh-Hant', 'en', 'pt'] as const;
export type Language = (typeof languages)[number];

/** How each language calls itself. */
export const languageNames: Record<Language, string> = {
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  en: 'English',
  pt: 'Português',
};

const files = import.meta.glob<string>('./*/*.ftl', { query: '?raw', import: 'default', eager: true });

function bundleOf(language: Language): FluentBundle {
  const bundle = new FluentBundle(language, { useIsolating: false });
  for (const [path, text] of Object.entries(files)) {
    if (path.startsWith(`./${language}/`)) bundle.addResource(new FluentResource(text));
  }
  return bundle;
}

/** Read when somebody reads them: a start waits for one language, not for four. */
const bundles = new Map<Language, FluentBundle>();
let current = $state<Language>('en');

export function language(): Language {
  return current;
}

/** Switches every word on the page at once. */
export function speak(tag: string): void {
  const known = languages.find((language) => language === tag);
  if (!known) return;
  current = known;
  document.documentElement.lang = known;
}

/** The words for `key`. A key without words shows itself: a test finds it before a reader does. */
export function t(key: string, values?: Record<string, FluentVariable>): string {
  const bundle = bundles.get(current) ?? bundleOf(current);
  bundles.set(current, bundle);
  const pattern = bundle.getMessage(key)?.value;
  return pattern ? bundle.formatPattern(pattern, values) : key;
}

/** Seconds since 1970 as a day and a time in the form of the reader's place, by the one clock of `clock.ts`. */
export function when(seconds: number, style: 'day' | 'time' | 'both' = 'both'): string {
  return kept(dates, `${current} ${style}`, () => {
    const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC' };
    if (style !== 'time') options.dateStyle = 'medium';
    if (style !== 'day') options.timeStyle = 'short';
    return new Intl.DateTimeFormat(localeOf(current), options);
  }).format(here(seconds));
}

/** A number as the reader's place writes it. */
export function count(value: number): string {
  return kept(numbers, current, () => new Intl.NumberFormat(localeOf(current))).format(value);
}

const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

/** Each form is made once: it brings its place's calendar along, and a shelf says a day on every card. */
function kept<Form>(forms: Map<string, Form>, key: string, make: () => Form): Form {
  const form = forms.get(key) ?? make();
  forms.set(key, form);
  return form;
}

/** A length of time, rounded to its two largest units: 3 min 20 s. */
export function lasting(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
    ['second', 1],
  ] as const;
  let left = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const many = Math.floor(left / size);
    left -= many * size;
    if (many === 0 && !(unit === 'second' && parts.length === 0)) continue;
    if (parts.length === 2) break;
    const style = { style: 'unit', unit, unitDisplay: 'short' } as const;
    parts.push(new Intl.NumberFormat(localeOf(current), style).format(many));
  }
  return parts.join(' ');
}

/** The locale of the reader's place, for what the page formats by itself. */
export function locale(): string {
  return localeOf(current);
}

function localeOf(tag: Language): string {
  return { 'zh-Hans': 'zh-CN', 'zh-Hant': 'zh-HK', en: 'en-HK', pt: 'pt-PT' }[tag];
}
