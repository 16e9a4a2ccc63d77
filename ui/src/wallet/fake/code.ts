import type { Code } from '../wire/code';

/** A picture that looks like a code and says nothing. */
export function sampleCode(frames: number): Code {
  return { frames: Array.from({ length: frames }, (_, frame) => drawing(frame)), of: frames };
}

function drawing(seed: number): string {
  const side = 45;
  let state = seed + 1;
  let path = '';
  for (let place = 0; place < side * side; place++) {
    state = (state * 1103515245 + 12345) % 2147483648;
    const [x, y] = [place % side, Math.floor(place / side)];
    const near = (a: number, b: number) => Math.max(Math.abs(x - a), Math.abs(y - b));
    const ring = Math.min(near(3, 3), near(side - 4, 3), near(3, side - 4));
    const dark = ring <= 3 ? ring !== 2 : ring === 4 ? false : state % 7 < 3;
    if (dark) path += `M${x + 4} ${y + 4}h1v1h-1z`;
  }
  const size = side + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}"/></svg>`;
}
