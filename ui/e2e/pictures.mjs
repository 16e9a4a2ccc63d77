/** A picture of the walks as a small one: the 256 colours that it has most of, each other one as its nearest.
 *  `node pictures.mjs FROM TO`; reads only what `harness/png.ts` wrote (three bytes a pixel, no filter). */
import { readFileSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const [from, to] = process.argv.slice(2);
const file = readFileSync(from);
const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
const data = [];
for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
  if (file.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
}
const rows = inflateSync(Buffer.concat(data));
const pixel = (x, y) => rows.readUIntBE(y * (width * 3 + 1) + 1 + x * 3, 3);

const counts = new Map();
for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) counts.set(pixel(x, y), (counts.get(pixel(x, y)) ?? 0) + 1);
const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([colour]) => colour);
const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
const far = (a, b) => parts(a).reduce((sum, part, at) => sum + (part - parts(b)[at]) ** 2, 0);
const place = new Map(palette.map((colour, at) => [colour, at]));
for (const colour of counts.keys()) {
  if (!place.has(colour)) place.set(colour, palette.reduce((best, one, at) => (far(one, colour) < far(palette[best], colour) ? at : best), 0));
}
const out = Buffer.alloc(height * (width + 1));
for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out[y * (width + 1) + 1 + x] = place.get(pixel(x, y));

const size = Buffer.from(file.subarray(16, 29));
size.set([8, 3], 8);
const chunk = (name, body) => {
  const inner = Buffer.concat([Buffer.from(name), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(inner));
  return Buffer.concat([length, inner, sum]);
};
writeFileSync(to, Buffer.concat([
  file.subarray(0, 8), chunk('IHDR', size), chunk('PLTE', Buffer.from(palette.flatMap(parts))),
  chunk('IDAT', deflateSync(out, { level: 9 })), chunk('IEND', Buffer.alloc(0)),
]));
