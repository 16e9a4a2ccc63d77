/** The look of an offer's state: a colour and a shape beside its word. */
export function kindOf(state: string): 'valid' | 'warn' | 'bad' | 'info' | 'unknown' {
  if (state === 'done') return 'valid';
  if (state === 'open') return 'info';
  if (state === 'expired' || state === 'frozen') return 'unknown';
  return state === 'withdrawn' ? 'unknown' : 'warn';
}
