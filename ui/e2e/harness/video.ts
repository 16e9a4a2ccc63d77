/** Videos that a camera is fed with: YUV4MPEG2, which the app's file source and Chromium's
 *  `--use-file-for-fake-video-capture` both take. */

/** What the app asks a camera for. */
export const [WIDTH, HEIGHT] = [1280, 720];

/** A grey picture with the two planes of colour, empty. */
export function coloured(grey: Buffer): Buffer {
  return Buffer.concat([grey, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
}

/** A film of such frames, ten a second, each code for as long as a window shows it. */
export function film(frames: Buffer[]): Buffer {
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  const shown = frames.flatMap((frame) => Array.from({ length: 4 }, () => [Buffer.from('FRAME\n'), frame]).flat());
  return Buffer.concat([head, ...shown]);
}
