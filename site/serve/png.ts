/**
 * Pixels → PNG with a palette: drawings of few colours take a quarter of what true colour takes. Text chunks say where a
 * picture comes from even when it has lost its page. Format: W3C PNG, third edition, §5 and §11.
 */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLORS = 128;
/** Bits kept of each channel where a picture has more colours than a palette holds. */
const KEPT_BITS = [8, 7, 6, 5, 4] as const;

/** `pixels` are opaque RGBA rows. `texts` become `iTXt` chunks, keyword → UTF-8 text. */
export function encodePng(
  pixels: Uint8Array,
  width: number,
  height: number,
  texts: Readonly<Record<string, string>>,
): Buffer {
  const { palette, rows } = toPalette(pixels, width, height);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    writeChunk('IHDR', header),
    ...Object.entries(texts).map(([keyword, text]) =>
      writeChunk('iTXt', Buffer.from(`${keyword}\0\0\0\0\0${text}`, 'utf8')),
    ),
    writeChunk('PLTE', palette),
    writeChunk('IDAT', deflateSync(rows, { level: 7, memLevel: 9 })),
    writeChunk('IEND', Buffer.alloc(0)),
  ]);
}

function writeChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** The most frequent colours as they are; the others, shades on edges, become the nearest of them. */
function toPalette(
  pixels: Uint8Array,
  width: number,
  height: number,
): { readonly palette: Buffer; readonly rows: Buffer } {
  // Runs of one colour are long, so a colour is looked up only where it changes.
  const colors = toColors(pixels);
  const chosen = chooseColors(countColors(colors));
  const index = new Map(chosen.map((color, place) => [color, place]));
  const rows = Buffer.alloc((width + 1) * height);
  let last = -1;
  let place = 0;
  for (let y = 0, from = 0, at = 0; y < height; y += 1) {
    at += 1;
    for (let x = 0; x < width; x += 1, at += 1, from += 1) {
      const color = colors[from] ?? 0;
      if (color !== last) {
        last = color;
        const known = index.get(color);
        place = known ?? nearest(color, chosen);
        if (known === undefined) index.set(color, place);
      }
      rows[at] = place;
    }
  }
  const palette = Buffer.alloc(chosen.length * 3);
  chosen.forEach((color, at) => palette.writeUIntBE(color, at * 3, 3));
  return { palette, rows };
}

/** A number per pixel, `0xRRGGBB`. */
function toColors(pixels: Uint8Array): Uint32Array {
  const colors = new Uint32Array(pixels.length / 4);
  for (let place = 0, at = 0; place < colors.length; place += 1, at += 4)
    colors[place] =
      ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
  return colors;
}

function countColors(colors: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  let last = colors[0] ?? 0;
  let run = 0;
  const count = (): unknown => counts.set(last, (counts.get(last) ?? 0) + run);
  for (const color of colors) {
    if (color === last) run += 1;
    else {
      count();
      last = color;
      run = 1;
    }
  }
  count();
  return counts;
}

function chooseColors(counts: ReadonlyMap<number, number>): readonly number[] {
  for (const bits of KEPT_BITS) {
    const mask = 0xff & (0xff << (8 - bits));
    const groups = new Map<number, { color: number; most: number; sum: number }>();
    for (const [color, count] of counts) {
      const key = color & ((mask << 16) | (mask << 8) | mask);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { color, most: count, sum: count });
      else {
        group.sum += count;
        if (count > group.most) Object.assign(group, { color, most: count });
      }
    }
    if (groups.size <= COLORS || bits === KEPT_BITS.at(-1))
      return [...groups.values()]
        .sort((a, b) => b.sum - a.sum || a.color - b.color)
        .slice(0, COLORS)
        .map(({ color }) => color);
  }
  return [];
}

function nearest(color: number, chosen: readonly number[]): number {
  let best = 0;
  let distance = Infinity;
  chosen.forEach((other, place) => {
    const r = (color >> 16) - (other >> 16);
    const g = ((color >> 8) & 255) - ((other >> 8) & 255);
    const b = (color & 255) - (other & 255);
    const square = r * r * 2 + g * g * 4 + b * b * 3;
    if (square < distance) {
      distance = square;
      best = place;
    }
  });
  return best;
}
