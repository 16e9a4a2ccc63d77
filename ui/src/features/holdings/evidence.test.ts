import { cleanup, configure, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { speak } from '../../i18n/index.svelte';
import { handlers } from '../../wallet/fake';
import type { CardsPage } from '../../wallet/wire/holdings';
import Evidence from './Evidence.svelte';

configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });
beforeEach(() => speak('en'));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const refused = { code: 'vault.busy', fault: 'environment', what: 'It cannot be read.', left: 'Nothing left.', now: 'Try again.' };

it('a search that failed is told until the next one, and one that was overtaken never', async () => {
  const none = { cards: [], next: null } as unknown as CardsPage;
  let fail: (why: unknown) => void = () => undefined;
  const search = vi.spyOn(handlers, 'holdings_search');
  search.mockImplementationOnce(() => new Promise((_, reject) => (fail = reject)) as never);
  search.mockReturnValueOnce(none);
  render(Evidence, { props: { evidence: null } });
  const field = screen.getByRole('searchbox');
  await userEvent.type(field, 'a');
  await userEvent.type(field, 'b');
  await vi.waitFor(() => expect(search).toHaveBeenCalledTimes(2));
  fail(refused);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(screen.queryByText('It cannot be read.')).toBeNull();

  search.mockRejectedValueOnce(refused);
  await userEvent.type(field, 'c');
  expect(await screen.findByText('It cannot be read.')).toBeTruthy();
  search.mockReturnValueOnce(none);
  await userEvent.type(field, 'd');
  await vi.waitFor(() => expect(screen.queryByText('It cannot be read.')).toBeNull());
});
