import { cleanup, configure, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../../i18n/index.svelte';
import { go, here } from '../../shell/rooms.svelte';
import { held } from '../../wallet/fake/holdings';
import type { CardsPage } from '../../wallet/wire/holdings';
import { tell } from '../../wallet/fake';
import EraseDialog from './EraseDialog.svelte';
import Import from './Import.svelte';
import { door } from './incoming.svelte';
import Item from './Item.svelte';
import { Shelf } from './shelf.svelte';
import Show from './Show.svelte';
import Write from './Write.svelte';

// A machine that does much else is slow; nothing here is about time.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });

beforeAll(() => {
  speak('en');
  // What jsdom lacks.
  window.scrollTo = () => {};
  Element.prototype.scrollIntoView = () => {};
});
beforeEach(() => {
  Object.assign(held, { cards: 7, fails: false, broken: false, slow: false, long: false, search: null });
  door.comers = [];
  go({ name: 'shelves' });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('a shelf', () => {
  it('goes on page by page to the end, each card once', async () => {
    held.cards = 250;
    const shelf = new Shelf();
    await shelf.reload();
    expect(shelf.cards).toHaveLength(100);
    await shelf.more();
    await shelf.more();
    await shelf.more();
    expect(new Set(shelf.cards.map((card) => card.id)).size).toBe(250);
  });

  it('takes the last answer that was asked for, whichever comes last', async () => {
    const answers: ((page: CardsPage) => void)[] = [];
    held.search = () => new Promise((resolve) => answers.push(resolve));
    const shelf = new Shelf();
    shelf.words = 'a';
    const first = shelf.reload();
    shelf.words = 'ab';
    const second = shelf.reload();
    answers[1]?.({ cards: [{ id: 'new' }] as never[], next: null });
    answers[0]?.({ cards: [{ id: 'old' }] as never[], next: null });
    await Promise.all([first, second]);
    expect(shelf.cards.map((card) => card.id)).toEqual(['new']);
  });
});

describe('an item', () => {
  it('shows a value only while it is held', async () => {
    const user = userEvent.setup();
    render(Item, { id: 'credentials-0' });
    const value = await screen.findByRole('button', { name: /Citizen identity number/ });
    expect(document.body.textContent).not.toContain('44000019900101001X');
    await user.pointer({ keys: '[MouseLeft>]', target: value });
    await waitFor(() => expect(document.body.textContent).toContain('44000019900101001X'));
    await user.pointer({ keys: '[/MouseLeft]', target: value });
    await waitFor(() => expect(document.body.textContent).not.toContain('44000019900101001X'));
    value.focus();
    await user.keyboard('{Enter>}');
    await waitFor(() => expect(document.body.textContent).toContain('44000019900101001X'));
    window.dispatchEvent(new Event('blur'));
    await waitFor(() => expect(document.body.textContent).not.toContain('44000019900101001X'));
  });

  it('goes to the grant with this item, and not when it is never shared', async () => {
    const user = userEvent.setup();
    render(Item, { id: 'credentials-0' });
    await user.click(await screen.findByRole('button', { name: /Grant/ }));
    expect(here()).toEqual({ name: 'grant', item: 'credentials-0' });
    cleanup();
    render(Item, { id: 'credentials-4' });
    expect(await screen.findByRole('button', { name: /Grant/ })).toHaveProperty('disabled', true);
  });

  it('is erased only after the word was typed', async () => {
    const user = userEvent.setup();
    const erased = vi.fn();
    render(EraseDialog, { open: true, id: 'credentials-0', name: 'Card', erased });
    const button = await screen.findByRole('button', { name: 'Erase' });
    expect(button).toHaveProperty('disabled', true);
    expect(document.body.textContent).toContain('out of reach');
    await user.type(screen.getByRole('textbox'), 'erase');
    await user.click(button);
    await waitFor(() => expect(erased).toHaveBeenCalledOnce());
  });
});

describe('what comes in', () => {
  it('is looked at, kept and undone', async () => {
    const user = userEvent.setup();
    render(Import, {});
    await user.click(screen.getByRole('button', { name: /Choose files/ }));
    const keep = await screen.findAllByRole('button', { name: 'Keep' });
    expect(keep).toHaveLength(2);
    expect(document.body.textContent).toContain('440***********001X');
    await user.click(keep[0] as HTMLElement);
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(document.body.textContent).toContain('Undone'));
  });

  it('asks for the code of an issuer', async () => {
    const user = userEvent.setup();
    render(Import, {});
    await user.type(screen.getByRole('textbox'), 'openid-credential-offer://?credential_offer=x');
    await user.click(screen.getByRole('button', { name: /Look at it/ }));
    await user.type(await screen.findByLabelText(/code that the issuer/), '123456');
    await user.click(screen.getByRole('button', { name: 'Next' }));
    expect(await screen.findByRole('button', { name: 'Keep' })).toBeTruthy();
  });

  it('opens by a drop on the window, which names no path', async () => {
    const end = await door.listen();
    tell('dropped', { isOver: true, files: [] });
    expect(door.isOver).toBe(true);
    tell('dropped', { isOver: false, files: [{ token: '7', name: 'a.pdf', size: 3 }] });
    expect([door.isOver, here().name, door.comers.length]).toEqual([false, 'import', 1]);
    end();
  });
});

describe('showing', () => {
  it('wants a name, ticks nothing beforehand, and leaves on Escape', async () => {
    const user = userEvent.setup();
    go({ name: 'item', id: 'credentials-0' });
    go({ name: 'show', id: 'credentials-0' });
    render(Show, { id: 'credentials-0' });
    const boxes = await screen.findAllByRole('checkbox');
    expect(boxes.every((box) => !(box as HTMLInputElement).checked)).toBe(true);
    expect(screen.getByRole('button', { name: 'Show it' })).toHaveProperty('disabled', true);
    await user.type(screen.getByRole('textbox'), 'Sample Bank');
    await user.click(boxes[0] as HTMLElement);
    await user.click(screen.getByRole('button', { name: 'Show it' }));
    const card = await screen.findByRole('dialog');
    expect(card.textContent).toContain('张示例');
    expect(card.textContent).not.toContain('44000019900101001X');
    // The keyboard stays with the card: it has two places, and what lies behind it is none.
    const places: (Element | null)[] = [];
    for (let press = 0; press < 4; press++) {
      await user.keyboard('{Tab}');
      places.push(document.activeElement);
    }
    expect(places.every((place) => card.contains(place))).toBe(true);
    expect(new Set(places).size).toBe(2);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(here().name).toBe('item'));
  });
});

describe('a record', () => {
  it('is checked while it is written', async () => {
    const user = userEvent.setup();
    render(Write, {});
    await screen.findByRole('option', { name: /Resident identity card/ });
    await user.selectOptions(screen.getByRole('combobox'), 'cn.resident_id');
    const number = await screen.findByLabelText('Citizen identity number');
    await user.type(number, '440000199001010010');
    expect(await screen.findByText('the check digit is wrong')).toBeTruthy();
    await user.clear(number);
    await user.type(number, '44000019900101001X');
    await waitFor(() => expect(screen.queryByText('the check digit is wrong')).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Keep' }));
    await waitFor(() => expect(here()).toEqual({ name: 'item', id: 'data-0' }));
  });
});
