import { cleanup, configure, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { languages, speak, t } from '../i18n/index.svelte';
import { tell } from '../wallet/fake/events';
import { handlers } from '../wallet/fake';
import { found, scanned } from '../wallet/fake/scan';
import type { ScanTrouble } from '../wallet/wire/scan';
import Scanner from './Scanner.svelte';

configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });
beforeEach(() => speak('en'));
afterEach(cleanup);

const progress = { received: 3, count: 8, missing: [1, 4, 6, 7, 8] };
const nothing = { progress: null, found: null, failure: null, trouble: null };

it('says that the camera is gone, keeps what was read, and goes on by pictures', async () => {
  scanned.camera = { ...nothing, progress };
  const stopped = vi.spyOn(handlers, 'scan_camera_stop');
  const accept = vi.fn();
  render(Scanner, { props: { accepts: { request: 'Look at it' }, accept } });
  await userEvent.click(await screen.findByRole('button', { name: t('scan-camera') }));
  expect(await screen.findByRole('button', { name: t('scan-camera-stop') })).toBeTruthy();
  await vi.waitFor(() => expect(screen.getByText('Read 3 of 8 codes')).toBeTruthy());
  tell('scan', { scan: 'main:0', view: { ...nothing, progress, trouble: 'camera-gone' } });
  expect(await screen.findByText(t('scan-trouble-camera-gone'))).toBeTruthy();
  expect(screen.getByText(t('scan-trouble-camera-gone-now'))).toBeTruthy();
  expect(stopped).toHaveBeenCalled();
  expect(screen.getByText('Read 3 of 8 codes')).toBeTruthy();
  // The camera can be tried again, and pictures take its place.
  expect(screen.getByRole('button', { name: t('scan-camera') })).toBeTruthy();
  scanned.next = found('request');
  await userEvent.click(screen.getByRole('button', { name: t('scan-files') }));
  await userEvent.click(await screen.findByRole('button', { name: 'Look at it' }));
  expect(accept).toHaveBeenCalledTimes(1);
});

it('says that there is no camera though the news is faster than the answer', async () => {
  vi.spyOn(handlers, 'scan_camera').mockImplementationOnce(({ scan }) => {
    tell('scan', { scan, view: { ...nothing, trouble: 'no-camera' } });
  });
  render(Scanner, { props: { accepts: {}, accept: () => {} } });
  await userEvent.click(await screen.findByRole('button', { name: t('scan-camera') }));
  // The answer has come by then.
  await new Promise((resolve) => setTimeout(resolve));
  expect(await screen.findByText(t('scan-trouble-no-camera'))).toBeTruthy();
  expect(screen.getByRole('button', { name: t('scan-camera') })).toBeTruthy();
});

describe.each(languages)('in %s', (language) => {
  it.each<ScanTrouble>(['picture-broken', 'file-too-large', 'no-camera', 'camera-gone', 'camera-busy'])('%s is said with what to do now', async (trouble) => {
    speak(language);
    scanned.next = { ...nothing, trouble };
    render(Scanner, { props: { accepts: {}, accept: () => {} } });
    await userEvent.click(await screen.findByRole('button', { name: t('scan-files') }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain(t(`scan-trouble-${trouble}`));
    expect(alert.textContent).toContain(t(`scan-trouble-${trouble}-now`));
    expect(alert.textContent).not.toContain('scan-trouble');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: t('scan-clipboard') }).disabled).toBe(false);
  });
});
