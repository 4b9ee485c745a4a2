/** Draws the pictures of a build, one after another, on a thread of its own: words and drawings → SVG → PNG. */
import { Resvg } from '@resvg/resvg-js';
import { hashOf } from '../../data-build/hash.ts';
import { copyFile, link, mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PICTURE_SHAPES, writePicture, type PictureLook } from '../render/picture.ts';
import { fontsOf } from '../styles/han-slices.ts';
import type { PictureJob, PictureSetting } from './pictures.ts';
import { inlineStyles } from '../render/inline-styles.ts';
import { hasJoinedLetters, shapeJoinedLetters } from './joined-letters.ts';
import { encodePng } from './png.ts';

function isSetting(value: unknown): value is PictureSetting {
  return typeof value === 'object' && value !== null && 'made' in value && 'look' in value;
}

const given: unknown = workerData;
if (!isSetting(given))
  throw new Error('This thread draws for serve/pictures, which says what with.');
const setting = given;
const look: PictureLook = { theme: 'light', ...setting.look };

/** Draws a picture or takes it from the cache, and puts it to each of its targets. Returns its bytes. */
async function makePicture({ words, drawings, shape, targets }: PictureJob): Promise<number> {
  const written = writePicture(words, drawings, shape, look);
  const svg = hasJoinedLetters(written)
    ? shapeJoinedLetters(inlineStyles(written), fontsOf(written, setting.fonts))
    : written;
  const key = hashOf([setting.made, svg, ...words.origin].join('\n'));
  const kept = path.join(setting.cache, `${key.slice(0, 32)}.png`);
  const known = await readFile(kept).catch(() => null);
  const png =
    known ?? drawPng(svg, shape, words.title, [...words.sources, ...words.origin].join(' '));
  if (known === null) {
    await writeFile(`${kept}.${process.pid}`, png);
    await rename(`${kept}.${process.pid}`, kept);
  } else {
    const now = new Date();
    await utimes(kept, now, now);
  }
  const [first, ...others] = targets.map((target) => path.join(setting.out, target));
  if (first === undefined) return 0;
  await mkdir(path.dirname(first), { recursive: true });
  await copyFile(kept, first);
  for (const other of others) await placeAgain(first, other);
  return png.length * targets.length;
}

/** A second name for the same bytes where the file system knows such a thing; else a copy. */
async function placeAgain(file: string, other: string): Promise<void> {
  await mkdir(path.dirname(other), { recursive: true });
  await rm(other, { force: true });
  await link(file, other).catch(async () => copyFile(file, other));
}

function drawPng(svg: string, shape: PictureJob['shape'], title: string, source: string): Buffer {
  const { width, height } = PICTURE_SHAPES[shape];
  const drawn = new Resvg(svg, {
    font: {
      fontFiles: [...fontsOf(svg, setting.fonts)],
      // Fonts of the machine would make the picture depend on it.
      loadSystemFonts: false,
      defaultFontFamily: 'Inter',
      sansSerifFamily: 'Inter',
      serifFamily: 'Source Serif 4',
    },
    logLevel: 'error',
  }).render();
  if (drawn.width !== width || drawn.height !== height)
    throw new Error(
      `A picture came out ${drawn.width} × ${drawn.height} instead of ${width} × ${height}.`,
    );
  return encodePng(drawn.pixels, width, height, { Title: title, Source: source });
}

parentPort?.on('message', (job: PictureJob) => {
  makePicture(job).then(
    (bytes) => parentPort?.postMessage({ bytes }),
    (error: unknown) =>
      parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) }),
  );
});
