import type { Waiting } from '../wire/intake';
import type { ScanCommands } from '../commands/scan';
import type { FoundKind, ScanView } from '../wire/scan';
import { tell } from './events';
import type { Handlers } from './index';

const nothing: ScanView = { progress: null, found: null, failure: null, trouble: null };

/** What the next scan comes to: set by the gallery and by tests. */
export const scanned: { next: ScanView; camera: ScanView } = {
  next: found('request'),
  camera: { ...nothing, progress: { received: 3, count: 8, missing: [1, 4, 6, 7, 8] } },
};

export function found(kind: FoundKind, about: string | null = null): ScanView {
  return { ...nothing, found: { id: `main:${kind}`, kind, about } };
}

declare global {
  interface Window {
    /** Where a test looks through the page's own camera, as elsewhere than on Linux: it decodes the frames. */
    chopLens?: (bytes: Uint8Array, width: number) => Promise<ScanView>;
  }
}

export function fakeBytes(name: string, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<ScanView> {
  if (name === 'scan_frame' && window.chopLens) return window.chopLens(bytes, Number(headers.width));
  return Promise.resolve(name === 'scan_bytes' ? scanned.next : nothing);
}

/** A grey slope with a dark square: something for the preview to show. */
function preview(scan: string) {
  const [width, height] = [320, 180];
  let grey = '';
  for (let place = 0; place < width * height; place++) {
    const [x, y] = [place % width, Math.floor(place / width)];
    grey += String.fromCharCode(x > 110 && x < 210 && y > 40 && y < 140 ? 40 : 120 + (x >> 2));
  }
  return { scan, width, height, grey: btoa(grey) };
}

export const scan: Handlers<ScanCommands> = {
  scan_begin: () => ({ id: 'main:0', cameraHere: !window.chopLens }),
  scan_end: () => undefined,
  scan_restart: () => nothing,
  scan_text: ({ text }) => (text.startsWith('openid4vp:') ? found('request-link', 'clinic.example') : scanned.next),
  scan_files: () => scanned.next,
  scan_dropped: () => scanned.next,
  scan_clipboard: () => scanned.next,
  scan_screen: () => scanned.next,
  scan_camera: ({ scan }) => {
    setTimeout(() => {
      tell('scan-preview', preview(scan));
      tell('scan', { scan, view: scanned.camera });
    }, 20);
  },
  scan_camera_stop: () => undefined,
  scan_import: () => ({ token: 'main:scanned', name: '', size: 4096 }) as Waiting,
  scan_opened: ({ text }) => ({ id: 'main:opened', kind: 'request-link', about: text.slice(0, 40) }),
};
