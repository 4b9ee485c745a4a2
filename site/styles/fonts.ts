/**
 * Cuts the two typefaces down to what the pages use: Latin, weights 400 to 700, tabular figures. The results
 * lie in `.cache/fonts`, where the stylesheet picks them up. Both are under the SIL Open Font License 1.1.
 */
import { hashOf } from '../../data-build/hash.ts';
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
  readonly characters: string;
}

const LATIN = [
  charactersBetween(0x20, 0x7e),
  charactersBetween(0xa0, 0xff),
  'ıŒœŠšŽžŁłĀāĪīŌōŪū–—‘’“”„…•·×÷−≤≥≈→←↑↓™€\u2009\u2011\u202f',
].join('');

const CUTS: readonly Cut[] = [
  {
    name: 'inter.woff2',
    file: '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
    weights: { min: 400, max: 700 },
    features: ['kern', 'tnum'],
    characters: LATIN,
  },
  {
    name: 'source-serif.woff2',
    file: '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
    weights: { min: 400, max: 600 },
    features: ['kern'],
    characters: LATIN,
  },
];

/** Other scripts in which names of websites and networks come, as the files of the typeface part them. */
const OTHER_SCRIPTS = {
  'latin-ext': charactersBetween(0x100, 0x24f),
  vietnamese: charactersBetween(0x1ea0, 0x1ef9),
  cyrillic: charactersBetween(0x400, 0x4ff),
  greek: charactersBetween(0x370, 0x3ff),
} as const;

/** The same typefaces for pictures drawn at build. A sign that they lack is taken from the plain sans of its script. */
const PICTURE_CUTS: readonly Cut[] = [
  ...[400, 600, 700].map((weights) => pictureCut('inter', 'latin', weights, LATIN)),
  pictureCut('source-serif-4', 'latin', 600, LATIN),
  ...Object.entries(OTHER_SCRIPTS).map(([script, characters]) =>
    pictureCut('inter', script, 400, characters),
  ),
];

function pictureCut(face: string, script: string, weights: number, characters: string): Cut {
  return {
    name: `${face}-${script}-${String(weights)}.ttf`,
    file: `@fontsource-variable/${face}/files/${face}-${script}-wght-normal.woff2`,
    weights,
    features: ['kern'],
    characters,
  };
}

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
    const key = hashOf(`${hashOf(font)} ${JSON.stringify(cut)}`);
    const target = path.join(folder, cut.name);
    const stamp = `${target}.key`;
    if (existsSync(target) && existsSync(stamp) && (await readFile(stamp, 'utf8')) === key)
      continue;
    const small = await subsetFont(font, cut.characters, {
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
