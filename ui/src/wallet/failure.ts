import type { Failure } from './wire/failure';

/** What a command failed with. What is no failure of ours keeps its own text, under a code that says so. */
export function failureOf(thrown: unknown): Failure {
  if (isFailure(thrown)) return thrown;
  return { code: 'page.unexpected', fault: 'bug', what: String(thrown), left: '', now: '' };
}

function isFailure(thrown: unknown): thrown is Failure {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'what' in thrown;
}
