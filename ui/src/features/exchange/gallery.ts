import type { Picture } from '../../gallery';
import { afterAck, exchanges, exchangeView, used } from '../../wallet/fake/exchange';
import type { ExchangeView } from '../../wallet/wire/exchange';
import Exchange from './Exchange.svelte';

const at = (name: string, now: ExchangeView): Picture => ({
  name: `exchange/${name}`, component: Exchange, props: { id: now.id }, before: () => void (exchanges.now = now),
});
const expired = { code: 'exchange.expired', fault: 'user' as const, what: 'The time for this is over.', left: 'Nothing readable left this device.', now: 'Ask for a new request.' };

export const pictures: Picture[] = [
  at('data', exchangeView),
  at('key', afterAck),
  at('used', used),
  at('withdrawn', { ...used, state: 'withdrawn' }),
  at('sent', { ...used, state: 'sent', isOpen: true, canPostAgain: true, posted: 'not-taken' }),
  at('expired', { ...exchangeView, showing: null, failure: expired }),
];
