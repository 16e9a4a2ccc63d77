/** One picture at a time, as the address says: `#picture=item/normal&language=pt&theme=dark`. Without a
 *  picture, the list of all. Drawn over the fake; no part of what is shipped. */
import '../src/styles/tokens.css';
import '../src/styles/base.css';
import { mount } from 'svelte';
import { pictures, type Picture } from '../src/gallery';
import { languages, speak } from '../src/i18n/index.svelte';
import { shellState } from '../src/wallet/fake/shell';
import type { Theme } from '../src/wallet/wire/settings';

/** Milliseconds without a change, and the most that is waited for them. */
const QUIET = 120;
const LONGEST = 2500;

const asked = new URLSearchParams(location.hash.slice(1));
const target = document.getElementById('app');
const picture = pictures.find(({ name }) => name === asked.get('picture'));
addEventListener('hashchange', () => location.reload());

if (target && picture) {
  // Loaded when somebody asks, in the app; here before stillness is waited for.
  await import('../src/kit/plot');
  const language = asked.get('language') ?? 'en';
  const theme = (asked.get('theme') ?? 'light') as Theme;
  shellState.language = language;
  shellState.settings = { ...shellState.settings, language, theme };
  speak(language);
  document.documentElement.dataset.theme = theme;
  await picture.before?.();
  await show(picture, partOf(target));
  // What is a window of its own brings its main region along.
  if (document.querySelector('main main')) {
    target.replaceChildren();
    await show(picture, target);
  }
} else if (target) {
  target.append(...pictures.flatMap(({ name }) => [name, ...languages].map((to) => link(name, to))));
}
document.documentElement.dataset.ready = 'true';
document.documentElement.dataset.pictures = JSON.stringify(pictures.map(({ name }) => name));

/** What is a part of a page stands where the window puts it: in the main region, with its margins. */
function partOf(page: HTMLElement): HTMLElement {
  const part = document.createElement('main');
  part.style.padding = 'calc(var(--step) * 4)';
  page.append(part);
  return part;
}

function show({ component, props }: Picture, target: HTMLElement): Promise<void> {
  mount(component, { target, props: props ?? {} });
  return still();
}

function link(name: string, to: string): HTMLElement {
  const line = document.createElement('a');
  const isHeading = to === name;
  line.textContent = to;
  line.href = `#picture=${name}&language=${isHeading ? 'en' : to}`;
  line.style.cssText = isHeading ? 'display: block; margin-top: 1rem' : 'margin-left: 2rem';
  return line;
}

/** Until nothing changed for a while: the fake answers by promises, some after a moment. */
function still(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => (watch.disconnect(), resolve());
    let timer = setTimeout(done, QUIET);
    const watch = new MutationObserver(() => (clearTimeout(timer), (timer = setTimeout(done, QUIET))));
    watch.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
    setTimeout(done, LONGEST);
  });
}
