import type { ExchangeCommands } from '../commands/exchange';
import type { ExchangeView } from '../wire/exchange';
import { sampleCode } from './code';
import type { Handlers } from './index';

const in15 = () => Math.floor(Date.now() / 1000) + 840;

export const exchangeView: ExchangeView = {
  id: '7f3a1c', peer: 'Sample Hospital', purpose: 'medical consultation', state: 'spent', created: in15() - 900, expires: in15(),
  showing: { what: 'data', code: sampleCode(5) }, failure: null, canWithdraw: true, canPostAgain: false, isOpen: true, posted: null,
};
export const afterAck: ExchangeView = { ...exchangeView, state: 'acked', showing: { what: 'key', code: sampleCode(1) }, canWithdraw: false };
export const used: ExchangeView = { ...exchangeView, state: 'used', showing: null, canWithdraw: false, isOpen: false };

/** What the gallery and tests set before they draw. */
export const exchanges: { now: ExchangeView } = { now: exchangeView };

export const exchange: Handlers<ExchangeCommands> = {
  exchange_list: () => (exchanges.now.isOpen ? [{ ...exchanges.now, showing: null }] : []),
  exchange_open: () => exchanges.now,
  exchange_shown: () => undefined,
  exchange_take: ({ found }) => (exchanges.now = found.includes('acknowledgement') ? afterAck : used),
  exchange_withdraw: () => (exchanges.now = { ...used, state: 'withdrawn' }),
  exchange_post_again: () => (exchanges.now = { ...used, posted: 'used' }),
};
