import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../../i18n/index.svelte';
import { found, scanned } from '../../wallet/fake/scan';
import { blank } from './draft';
import Scan from './Scan.svelte';

afterEach(cleanup);

describe('what a clerk scans', () => {
  it('is gone from the page once it was taken: the next thing can be scanned at once', async () => {
    speak('en');
    const before = scanned.next;
    scanned.next = found('data');
    const person = userEvent.setup();
    const took = vi.fn();
    render(Scan, { draft: blank(), took });
    await person.click(await screen.findByRole('button', { name: 'Open pictures or files' }));
    await person.click(await screen.findByRole('button', { name: 'Take it' }));
    await expect.poll(() => took.mock.calls).toEqual([['taken']]);
    expect(await screen.findByRole('button', { name: 'Open pictures or files' })).toBeTruthy();
    expect(screen.queryByText('Sealed data from a holder')).toBeNull();
    scanned.next = before;
  });
});
