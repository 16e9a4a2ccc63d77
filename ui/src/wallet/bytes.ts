/** Calls whose body is bytes: a picture that was dropped, a frame of a camera. Their names go as headers. */
import { invoke } from '@tauri-apps/api/core';
import { fakeBytes } from './fake/scan';
import type { ScanView } from './wire/scan';

const inApp = '__TAURI_INTERNALS__' in window;

export function sendBytes(
  name: 'scan_bytes' | 'scan_frame',
  bytes: Uint8Array,
  headers: Record<string, string>,
): Promise<ScanView> {
  return inApp ? invoke<ScanView>(name, bytes, { headers }) : fakeBytes(name, bytes, headers);
}
