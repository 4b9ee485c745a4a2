/**
 * Cuts typefaces down to what the pages use: weights 400 to 700, tabular figures, one file per script, which a browser
 * fetches when a letter of the script is on the page. The results lie in `.cache/fonts`, where the stylesheet picks them up.
 * All are under the SIL Open Font License 1.1. Of Chinese, whose letters are many times a page, those that our words use are
 * kept, in files of letters that are used alike often. A device with a Chinese face that `han.css` names fetches none.
 */
import { hashOf } from '../../data-build/hash.ts';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import subsetFont from 'subset-font';
import { hanSlices, type PictureFont, type Range } from './han-slices.ts';

interface Cut {
  readonly name: string;
  readonly file: string;
  /** A range for pages; one weight for pictures, whose renderer knows no axes. */
  readonly weights: number | { readonly min: number; readonly max: number };
  /** OpenType features kept; everything else is dropped. Null: the usual ones, which shape letters. */
  readonly features: readonly string[] | null;
  readonly characters: string;
}

const LATIN = [
  charactersBetween(0x20, 0x7e),
  charactersBetween(0xa0, 0xff),
  'ıŒœŠšŽžŁłĀāĪīŌōŪū–—‘’“”„…•·×÷−≤≥≈→←↑↓™€\u2009\u2011\u202f',
].join('');

const TEXT_WEIGHTS = { min: 400, max: 700 };
/** Files of one family must name the same weights, or a browser takes letters from one of them alone. */
const PAGE_WEIGHTS: Readonly<Record<string, Cut['weights']>> = {
  inter: TEXT_WEIGHTS,
  'source-serif-4': { min: 400, max: 600 },
};

const CUTS: readonly Cut[] = [
  {
    name: 'inter.woff2',
    file: '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
    weights: TEXT_WEIGHTS,
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

/** Scripts beyond plain Latin: those of our languages, and of names of websites and networks. */
interface Script {
  readonly ranges: readonly Range[];
  /** Faces that have it: for text, and for headings where there is one. Names as of the packages. */
  readonly text: string;
  readonly heading: string | null;
  /** Letters change their form with their neighbors: all features that shape them are kept. */
  readonly shaped: boolean;
}

const inBoth = (first: number, last: number): Script => ({
  ranges: [[first, last]],
  text: 'inter',
  heading: 'source-serif-4',
  shaped: false,
});
/** Letters of shaped scripts join and part by these. They stand in no range: they alone ask for no file. */
const JOINERS = '\u200c\u200d';

const SCRIPTS: Readonly<Record<string, Script>> = {
  'latin-ext': inBoth(0x100, 0x24f),
  vietnamese: inBoth(0x1ea0, 0x1ef9),
  cyrillic: inBoth(0x400, 0x4ff),
  greek: inBoth(0x370, 0x3ff),
  arabic: {
    ranges: [[0x600, 0x6ff]],
    text: 'noto-sans-arabic',
    heading: null,
    shaped: true,
  },
  myanmar: {
    ranges: [
      [0x1000, 0x109f],
      [0x25cc, 0x25cc],
    ],
    text: 'noto-sans-myanmar',
    heading: null,
    shaped: true,
  },
};

const FAMILIES: Readonly<Record<string, string>> = {
  inter: 'Inter',
  'source-serif-4': 'Source Serif 4',
};
/** Faces of scripts that have no letters of ours: one family, named once in each list of families. */
const OTHER_FAMILY = 'Other Scripts';

interface ScriptCut extends Cut {
  readonly family: string;
  readonly ranges: readonly Range[];
  /** Names by which a device may have the face itself. */
  readonly own?: readonly string[];
}

/** Stands behind the names that Chinese faces have on devices; these are what systems call theirs where a family has no name. */
const HAN_FAMILY = 'Han';
const HAN_OWN = ['Noto Sans CJK SC Regular', 'NotoSansCJKsc-Regular', 'NotoSansSC-Regular'];

const SCRIPT_CUTS: readonly ScriptCut[] = Object.entries(SCRIPTS).flatMap(([script, of]) =>
  [of.text, ...(of.heading === null ? [] : [of.heading])].map((face) => ({
    ...cutOf(
      face,
      script,
      PAGE_WEIGHTS[face] ?? TEXT_WEIGHTS,
      charactersIn(of.ranges),
      of.shaped,
      'woff2',
    ),
    family: FAMILIES[face] ?? OTHER_FAMILY,
    ranges: of.ranges,
  })),
);

interface PictureCut extends Cut {
  /** Letters that ask for it; null: every picture has it. */
  readonly ranges: readonly Range[] | null;
}

/** The same typefaces for pictures drawn at build. A sign that they lack is taken from the plain sans of its script. */
const PICTURE_CUTS: readonly PictureCut[] = [
  ...[400, 600, 700].map((weight) => cutOf('inter', 'latin', weight, LATIN, false, 'ttf')),
  cutOf('source-serif-4', 'latin', 600, LATIN, false, 'ttf'),
  ...Object.entries(SCRIPTS).flatMap(([script, { text, ranges, shaped }]) =>
    // Headings of scripts without a face for them.
    (shaped ? [400, 600] : [400]).map((weight) =>
      cutOf(text, script, weight, charactersIn(ranges), shaped, 'ttf'),
    ),
  ),
].map((cut) => ({ ...cut, ranges: null }));

function cutOf(
  face: string,
  script: string,
  weights: Cut['weights'],
  characters: string,
  shaped: boolean,
  ending: 'woff2' | 'ttf',
): Cut {
  const weight = typeof weights === 'number' ? `-${String(weights)}` : '';
  return {
    name: `${face}-${script}${weight}.${ending}`,
    file: `@fontsource-variable/${face}/files/${face}-${script}-wght-normal.woff2`,
    weights,
    features: shaped ? null : ['kern'],
    characters: shaped ? `${characters}${JOINERS}` : characters,
  };
}

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');

/** One weight: a browser draws bold letters from it, and a second one would double what is fetched. */
function hanCuts(letters: ReadonlySet<string>): readonly ScriptCut[] {
  return hanSlices(letters).map(({ slice, ranges }) => {
    const codes = [...letters]
      .map((letter) => letter.codePointAt(0) ?? 0)
      .filter((code) => ranges.some(([first, last]) => code >= first && code <= last))
      .toSorted((a, b) => a - b);
    return {
      ...cutOf('noto-sans-sc', slice, 400, String.fromCodePoint(...codes), false, 'woff2'),
      family: HAN_FAMILY,
      ranges: codes.map((code): Range => [code, code]),
      own: HAN_OWN,
    };
  });
}

function faceOf({ family, name, ranges, weights, own = [] }: ScriptCut): string {
  const weight =
    typeof weights === 'number' ? String(weights) : `${String(weights.min)} ${String(weights.max)}`;
  const range = ranges
    .map(([first, last]) => `U+${hex(first)}${first === last ? '' : `-${hex(last)}`}`)
    .join(', ');
  return `@font-face {
  font-family: '${family}';
  font-weight: ${weight};
  font-display: swap;
  src: ${[...own.map((local) => `local('${local}')`), `url('./${name}') format('woff2')`].join(', ')};
  unicode-range: ${range};
}
`;
}

/** Writes the cut fonts, and these Chinese letters, into `folder` unless they are there already, made from the same files the same way. */
export async function writeFonts(folder: string, han: ReadonlySet<string>): Promise<void> {
  const chinese = hanCuts(han);
  await writeCuts(folder, [...CUTS, ...SCRIPT_CUTS, ...chinese], 'woff2');
  await writeFile(path.join(folder, 'scripts.css'), SCRIPT_CUTS.map(faceOf).join(''));
  await writeFile(path.join(folder, 'han.css'), chinese.map(faceOf).join(''));
}

/** Writes the fonts of pictures with these letters into `folder`. */
export async function writePictureFonts(
  folder: string,
  letters: ReadonlySet<string>,
): Promise<readonly PictureFont[]> {
  const slices = hanSlices(letters).map(({ slice, ranges }) => ({
    ...cutOf('noto-sans-sc', slice, 400, charactersIn(ranges), false, 'ttf'),
    ranges,
  }));
  const cuts = [...PICTURE_CUTS, ...slices];
  await writeCuts(folder, cuts, 'sfnt');
  return cuts.map(({ name, ranges }) => ({ file: path.join(folder, name), ranges }));
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
      ...(cut.features === null ? {} : { keepFeatures: cut.features }),
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

function charactersIn(ranges: readonly Range[]): string {
  return ranges.map(([first, last]) => charactersBetween(first, last)).join('');
}
