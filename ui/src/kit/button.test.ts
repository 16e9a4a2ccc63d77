import { cleanup, render, screen } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import Button from './Button.svelte';

afterEach(cleanup);
const children = createRawSnippet(() => ({ render: () => '<span>Do it</span>' }));

it('has the focus again when what it began is done', async () => {
  const { rerender } = render(Button, { children });
  const button = screen.getByRole<HTMLButtonElement>('button');
  button.focus();
  await rerender({ children, busy: true });
  expect(button.disabled).toBe(true);
  // What a browser does with the focus of a button that is disabled.
  button.blur();
  await rerender({ children, busy: false });
  expect(document.activeElement).toBe(button);
});

it('takes no focus from where the reader went meanwhile', async () => {
  const { rerender } = render(Button, { children });
  const elsewhere = document.body.appendChild(document.createElement('input'));
  screen.getByRole('button').focus();
  await rerender({ children, busy: true });
  elsewhere.focus();
  await rerender({ children, busy: false });
  expect(document.activeElement).toBe(elsewhere);
  elsewhere.remove();
});
