/**
 * Cuts the two typefaces down to what the pages use: Latin, weights 400 to 700, tabular figures. The results
 * lie in `.cache/fonts`, where the stylesheet picks them up. Both are under the SIL Open Font License 1.1.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import subsetFont from 'subset-font';

interface Cut {
  readonly name: string;
  readonly file: string;
  /** A range for pages; one weight for pictures, whose renderer knows no axes. */
  readonly weights: number | { readonly min: number; readonly max: number };
  /** OpenType features kept; everything else is dropped. */
  readonly features: readonly string[];
}

const CUTS: readonly Cut[] = [
  {
    name: 'inter.woff2',
    file: '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
    weights: { min: 400, max: 700 },
    features: ['kern', 'tnum'],
  },
  {
    name: 'source-serif.woff2',
    file: '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
    weights: { min: 400, max: 600 },
    features: ['kern'],
  },
];

const INTER = CUTS[0]?.file ?? '';
const SERIF = CUTS[1]?.file ?? '';
/** The same typefaces for pictures drawn at build. */
const PICTURE_CUTS: readonly Cut[] = [
  { name: 'inter-400.ttf', file: INTER, weights: 400, features: ['kern'] },
  { name: 'inter-600.ttf', file: INTER, weights: 600, features: ['kern'] },
  { name: 'inter-700.ttf', file: INTER, weights: 700, features: ['kern'] },
  { name: 'source-serif-600.ttf', file: SERIF, weights: 600, features: ['kern'] },
];

const CHARACTERS = [
  charactersBetween(0x20, 0x7e),
  charactersBetween(0xa0, 0xff),
  'ıŒœŠšŽžŁłĀāĪīŌōŪū–—‘’“”„…•·×÷−≤≥≈→←↑↓™€\u2009\u2011\u202f',
].join('');

/** Writes the cut fonts into `folder` unless they are there already, made from the same files the same way. */
export async function writeFonts(folder: string): Promise<void> {
  await writeCuts(folder, CUTS, 'woff2');
}

/** Writes the fonts of pictures into `folder` and returns their files. */
export async function writePictureFonts(folder: string): Promise<readonly string[]> {
  await writeCuts(folder, PICTURE_CUTS, 'sfnt');
  return PICTURE_CUTS.map(({ name }) => path.join(folder, name));
}

async function writeCuts(
  folder: string,
  cuts: readonly Cut[],
  targetFormat: 'woff2' | 'sfnt',
): Promise<void> {
  const require = createRequire(import.meta.url);
  await mkdir(folder, { recursive: true });
  for (const cut of cuts) {
    const font = await readFile(require.resolve(cut.file));
    const key = createHash('sha256')
      .update(font)
      .update(JSON.stringify([cut, CHARACTERS]))
      .digest('hex');
    const target = path.join(folder, cut.name);
    const stamp = `${target}.key`;
    if (existsSync(target) && existsSync(stamp) && (await readFile(stamp, 'utf8')) === key)
      continue;
    const small = await subsetFont(font, CHARACTERS, {
      targetFormat,
      keepFeatures: cut.features,
      variationAxes: { wght: cut.weights },
      noHinting: true,
    });
    const half = `${target}.${String(process.pid)}`;
    await writeFile(half, small);
    await rename(half, target);
    await writeFile(stamp, key);
  }
}

function charactersBetween(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, index) =>
    String.fromCodePoint(first + index),
  ).join('');
}
