/** Cameras on the page's side: the grey picture of one that the app holds, and, elsewhere than on Linux,
 *  one of the page's own whose frames the app decodes. */
import type { ScanPreview, ScanTrouble, ScanView } from '../wallet/wire/scan';

export interface PageCamera {
  stop: () => void;
}

/** Draws what the app's camera sees. */
export function paintGrey(canvas: HTMLCanvasElement, seen: ScanPreview): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  [canvas.width, canvas.height] = [seen.width, seen.height];
  const picture = context.createImageData(seen.width, seen.height);
  const grey = atob(seen.grey);
  for (let place = 0; place < grey.length; place++) {
    picture.data.fill(grey.charCodeAt(place), place * 4, place * 4 + 3);
    picture.data[place * 4 + 3] = 255;
  }
  context.putImageData(picture, 0, 0);
}

/** Opens a camera of the page and sends its frames until one makes something whole. */
export async function watchPage(
  video: HTMLVideoElement | undefined,
  send: (grey: Uint8Array, width: number) => Promise<ScanView>,
  take: (view: ScanView) => void,
): Promise<PageCamera> {
  if (!video || !navigator.mediaDevices) throw new DOMException('no camera', 'NotFoundError');
  const wanted = { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: 'environment' };
  const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
  let going = true;
  const stop = () => {
    going = false;
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  };
  stream.getVideoTracks()[0]?.addEventListener('ended', () => {
    if (going) take({ progress: null, found: null, failure: null, trouble: 'camera-gone' });
    stop();
  });
  video.srcObject = stream;
  await video.play();
  void frames(video, () => going, send, take).finally(stop);
  return { stop };
}

async function frames(
  video: HTMLVideoElement,
  going: () => boolean,
  send: (grey: Uint8Array, width: number) => Promise<ScanView>,
  take: (view: ScanView) => void,
): Promise<void> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  while (context && going()) {
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    if (canvas.width > 0) {
      context.drawImage(video, 0, 0);
      const view = await send(greyOf(context.getImageData(0, 0, canvas.width, canvas.height).data), canvas.width);
      if (!going()) return;
      if (view.found || view.progress || view.failure) take(view);
      if (view.found) return;
    }
    await new Promise((next) => setTimeout(next, 60));
  }
}

/** BT.601. */
export function greyOf(rgba: Uint8ClampedArray): Uint8Array {
  const grey = new Uint8Array(rgba.length / 4);
  for (let place = 0; place < grey.length; place++) {
    const [r = 0, g = 0, b = 0] = rgba.subarray(place * 4, place * 4 + 3);
    grey[place] = (299 * r + 587 * g + 114 * b) / 1000;
  }
  return grey;
}

/** Why a camera of the page does not open, in the app's words for it. */
export function faultOfCamera(thrown: unknown): ScanTrouble {
  const name = thrown instanceof DOMException ? thrown.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'camera-not-allowed';
  if (name === 'NotReadableError' || name === 'AbortError') return 'camera-busy';
  return name === 'OverconstrainedError' ? 'camera-other-form' : 'no-camera';
}
