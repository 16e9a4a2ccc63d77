import { cleanup, configure, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../../i18n/index.svelte';
import { here } from '../../shell/rooms.svelte';
import Request from './Request.svelte';

afterEach(cleanup);

// A machine that does much else is slow; nothing here is about time.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });

describe('the page of a request', () => {
  it('ticks nothing, wants each act by itself, and opens the exchange when the seal is pressed', async () => {
    speak('en');
    const person = userEvent.setup();
    render(Request, { id: 'main:request' });
    await screen.findByRole('heading', { level: 1 });
    for (const box of screen.getAllByRole('checkbox')) expect(box).toHaveProperty('checked', false);
    const seal = () => screen.getByRole('button', { name: 'Press the seal' });
    expect(seal()).toHaveProperty('disabled', true);
    await person.click(screen.getByRole('checkbox', { name: 'allergies and intolerances' }));
    await person.type(await screen.findByLabelText('Your reason for going on all the same'), 'I know the hospital');
    for (let acts = 2; acts > 0; acts--) {
      const give = (await screen.findAllByRole('button', { name: 'I consent to this' }))[0];
      if (give) await person.click(give);
    }
    expect(seal()).toHaveProperty('disabled', true);
    await person.type(screen.getByLabelText('Your passphrase, once more'), 'correct horse');
    await expect.poll(() => (seal() as HTMLButtonElement).disabled).toBe(false);
    await person.click(seal());
    await expect.poll(() => here()).toEqual({ name: 'exchange', id: '7f3a1c' });
  });
});
