import { expect, it } from 'vitest';
import type { FoundKind } from '../wallet/wire/scan';
import { continuesExchange } from './opened.svelte';

/** Of each kind, whether `exchange_take` takes it: a new kind does not compile before it is here. */
const TAKEN: Record<FoundKind, boolean> = {
  acknowledgement: true,
  use: true,
  refused: true,
  erased: true,
  request: false,
  data: false,
  key: false,
  offer: false,
  'request-link': false,
  'issuer-link': false,
  credential: false,
  'trust-list': false,
  pack: false,
  'key-statement': false,
  notice: false,
  backup: false,
  proof: false,
  text: false,
};

it.each(Object.entries(TAKEN) as [FoundKind, boolean][])('%s opened as a file or link goes on: %s', (kind, taken) => {
  expect(continuesExchange(kind)).toBe(taken);
});
