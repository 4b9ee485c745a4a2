/**
 * A drawing with its words around it in one of four shapes, as an SVG that needs nothing else: what becomes a PNG at
 * build (share cards, pictures beside embeds) and in the browser (downloads). The drawing is taken as it was written
 * and set in whichever of its two layouts, above or beside the words, comes out largest.
 */
import { escapeXml } from '../../data-build/contract/xml.ts';
import { closeIsolates, fromRight } from '../../data-build/words/isolate.ts';
import { languageOf } from '../../data-build/words/languages.ts';
import { joinSentences } from '../../data-build/words/sentences.ts';
import { textWidth, wrapText } from '../charts/marks/label.ts';
import { pruneRules, readClasses, readTokens, resolveTokens, type Theme } from './chart-css.ts';
import type { Drawing } from './svg-string.ts';

export interface PictureWords {
  readonly language: string;
  /** Whose picture this is: place and site. */
  readonly eyebrow: string;
  readonly title: string;
  readonly subtitle: string;
  /** Caveats, most important first; those that do not fit whole are left to the page that the picture names. */
  readonly notes: readonly string[];
  /** Said above all else: that the data are invented. */
  readonly warning: string | null;
  /** Source, licence, dates, release. */
  readonly sources: readonly string[];
  /** Address that leads back to the very view, and its id; each on a line of its own. */
  readonly origin: readonly string[];
}

/** Pixels; the card is what a link shows elsewhere, often small. `unit` is how large a word is in this shape, against the wide one. */
export const PICTURE_SHAPES = {
  card: { width: 1200, height: 628, unit: 1 },
  wide: { width: 1200, height: 628, unit: 1 },
  square: { width: 1080, height: 1080, unit: 1.2 },
  story: { width: 1080, height: 1920, unit: 1.55 },
  print: { width: 2480, height: 1748, unit: 2.1 },
} as const;
export type PictureShape = keyof typeof PICTURE_SHAPES;

export interface PictureLook {
  readonly theme: Theme;
  readonly tokensCss: string;
  readonly chartsCss: string;
}

/** Lines of caveats above which only whole ones that fit are kept, where words stand over the drawing. */
const NOTE_LINES: Readonly<Record<PictureShape, number>> = {
  card: 0,
  wide: 2,
  square: 3,
  story: 9,
  print: 4,
};
const MARGIN = 44;
const GAP = 18;
/** Room for fonts that are wider than the table of widths. */
const SPARE = 0.93;
/** Words beside the drawing take this part of the width. */
const BESIDE = 0.4;
/** The widest drawing leaves out least, so its words may be smaller by this factor. */
const MORE = 1.25;
/** A drawing is never blown up further than this, in units of the shape. */
const LARGEST = 2;

interface Style {
  readonly class: string;
  readonly size: number;
  readonly line: number;
}
/** The sizes of the words of a picture. */
interface Type {
  readonly eyebrow: Style;
  /** From the largest. */
  readonly titles: readonly Style[];
  readonly subtitle: Style;
  readonly note: Style;
  readonly small: Style;
}
const toTitles = (sizes: readonly number[]): readonly Style[] =>
  sizes.map((size) => ({ class: `p-title p-${size}`, size, line: Math.round(size * 1.2) }));
const TAKEN: Type = {
  eyebrow: { class: 'p-eyebrow', size: 17, line: 24 },
  titles: toTitles([38, 34, 30, 26, 23]),
  subtitle: { class: 'p-subtitle', size: 18, line: 25 },
  note: { class: 'p-note', size: 15, line: 20 },
  small: { class: 'p-small', size: 13, line: 18 },
};
/** Nothing under 22 pixels: previews are shown at half their size. */
const CARD: Type = {
  eyebrow: { class: 'p-eyebrow', size: 22, line: 28 },
  titles: toTitles([52, 46, 40, 36]),
  subtitle: { class: 'p-subtitle', size: 28, line: 36 },
  note: { class: 'p-note', size: 22, line: 28 },
  small: { class: 'p-small', size: 22, line: 28 },
};

function typeOf(shape: PictureShape): Type {
  return shape === 'card' ? CARD : TAKEN;
}

interface Line {
  readonly text: string;
  readonly style: Style;
}
interface Block {
  readonly lines: readonly Line[];
  readonly height: number;
}
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function toBlock(paragraphs: readonly string[], style: Style, width: number, unit: number): Block {
  const lines = paragraphs.flatMap((text) =>
    closeIsolates(
      wrapText(text, (width * SPARE) / unit, style.size).flatMap((line) =>
        breakLong(line, style, (width * SPARE) / unit),
      ),
    ),
  );
  return {
    lines: lines.map((text) => ({ text, style })),
    height: lines.length * style.line * unit,
  };
}

/** Addresses have no spaces to break at. */
function breakLong(text: string, { size }: Style, width: number): readonly string[] {
  if (text !== '' && textWidth(text, size) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const character of text) {
    if (line !== '' && textWidth(line + character, size) > width) {
      lines.push(line);
      line = '';
    }
    line += character;
  }
  return line === '' ? lines : [...lines, line];
}

/** The largest title that takes at most `most` lines. */
function toTitle(
  text: string,
  titles: readonly Style[],
  width: number,
  unit: number,
  most: number,
): Block {
  const blocks = titles.map((style) => toBlock([text], style, width, unit));
  const fits = blocks.find(({ lines }) => lines.length <= most);
  const last = blocks.at(-1);
  if (last === undefined) throw new Error('There are no sizes for titles.');
  return fits ?? last;
}

interface Plan {
  /** Words begin at the right, and have their side there. */
  readonly rtl: boolean;
  readonly head: readonly Block[];
  readonly foot: readonly Block[];
  readonly words: Box;
  readonly room: Box;
}

/** Words over the whole width, the drawing between head and foot. */
function planStacked(words: PictureWords, shape: PictureShape): Plan {
  const { width, height, unit } = PICTURE_SHAPES[shape];
  const margin = MARGIN * unit;
  const inner = width - 2 * margin;
  const tall = shape === 'story' || shape === 'square';
  const type = typeOf(shape);
  const head = toHead(words, type, inner, unit, tall ? 5 : 2);
  const foot = toFoot(words, type, inner, unit, NOTE_LINES[shape] * type.note.line * unit);
  const top = margin + sumHeight(head, unit);
  const bottom = height - margin - sumHeight(foot, unit);
  return {
    rtl: isRtl(words),
    head,
    foot,
    words: { x: margin, y: margin, width: inner, height: height - 2 * margin },
    room: { x: margin, y: top, width: inner, height: Math.max(0, bottom - top) },
  };
}

/** Words at one side, the drawing at the other: for drawings that are taller than wide. */
function planBeside(words: PictureWords, shape: PictureShape): Plan {
  const { width, height, unit } = PICTURE_SHAPES[shape];
  const margin = MARGIN * unit;
  const column = width * BESIDE - margin;
  const start = width * BESIDE + GAP * unit;
  const rtl = isRtl(words);
  const type = typeOf(shape);
  const head = toHead(words, type, column, unit, 5);
  const least = toFoot(words, type, column, unit, 0);
  const free = height - 2 * margin - sumHeight([...head, ...least], unit);
  const [first] = least;
  const room = width - margin - start;
  return {
    rtl,
    head,
    foot: toFoot(words, type, column, unit, free + (first?.height ?? 0)),
    words: {
      x: rtl ? width - margin - column : margin,
      y: margin,
      width: column,
      height: height - 2 * margin,
    },
    room: { x: rtl ? margin : start, y: margin, width: room, height: height - 2 * margin },
  };
}

function toHead(
  { eyebrow, warning, title, subtitle }: PictureWords,
  type: Type,
  width: number,
  unit: number,
  lines: number,
): readonly Block[] {
  const above = [warning ?? '', eyebrow].filter((text) => text !== '').join(' · ');
  return [
    toBlock(above === '' ? [] : [above], type.eyebrow, width, unit),
    toTitle(title, type.titles, width, unit, lines),
    toBlock(subtitle === '' ? [] : [subtitle], type.subtitle, width, unit),
  ];
}

function toFoot(
  { notes, sources, origin }: PictureWords,
  { note: noteStyle, small }: Type,
  width: number,
  unit: number,
  room: number,
): readonly Block[] {
  const kept: string[] = [];
  for (const note of notes) {
    const { height } = toBlock([...kept, note], noteStyle, width, unit);
    // The first caveat stays however long it is.
    if (kept.length === 0 || height <= room) kept.push(note);
  }
  return [
    toBlock(kept, noteStyle, width, unit),
    toBlock([...sources, ...origin], small, width, unit),
  ];
}

function sumHeight(blocks: readonly Block[], unit: number): number {
  const some = blocks.filter(({ lines }) => lines.length > 0);
  return some.reduce((sum, { height }) => sum + height, 0) + some.length * 10 * unit;
}

function scaleIn({ width, height }: Drawing, room: Box, unit: number): number {
  return Math.min(room.width / width, room.height / height, LARGEST * unit);
}

/** `metadata` is XML that says of the file what the picture itself cannot; it is put inside as it is. */
export function writePicture(
  words: PictureWords,
  drawings: readonly Drawing[],
  shape: PictureShape,
  look: PictureLook,
  metadata = '',
): string {
  const { width, height, unit } = PICTURE_SHAPES[shape];
  const plans =
    shape === 'card' || shape === 'wide' || shape === 'print'
      ? [planStacked(words, shape), planBeside(words, shape)]
      : [planStacked(words, shape)];
  const widest = Math.max(...drawings.map((drawing) => drawing.width));
  const choices = plans
    .filter(
      ({ head, foot, words: box }) => sumHeight(head, unit) + sumHeight(foot, unit) <= box.height,
    )
    .flatMap((plan) =>
      drawings.map((drawing) => {
        const scale = scaleIn(drawing, plan.room, unit);
        return { plan, drawing, scale, rank: drawing.width === widest ? scale * MORE : scale };
      }),
    )
    .sort((a, b) => b.rank - a.rank || b.drawing.width - a.drawing.width);
  const [best] = choices;
  const plan = best?.plan ?? plans[0];
  if (plan === undefined) throw new Error(`There is no plan for the shape ${shape}.`);
  const body = best === undefined ? '' : placeDrawing(best.drawing, plan.room, best.scale);
  const text = writeHead(plan, unit) + writeFoot(plan, unit);
  const ground = `<rect class="paper" x="0" y="0" width="${width}" height="${height}"/>`;
  const inside = `${ground}${body}<g class="words">${text}</g>`;
  const classes = readClasses(inside);
  const css = resolveTokens(
    pruneRules(
      `${look.chartsCss}${writeStyles(typeOf(shape), unit)}`,
      new Set([...classes, 'chart']),
    ),
    readTokens(look.tokensCss, look.theme),
  );
  const label = escapeXml(joinSentences([words.title, ...words.notes]));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" lang="${words.language}" role="img" aria-label="${label}">` +
    `${metadata}<style>${escapeXml(css)}</style>${inside}</svg>`
  );
}

/** The drawing as an inner `<svg>`, in the middle of its room. */
function placeDrawing({ svg, width, height }: Drawing, room: Box, scale: number): string {
  const w = width * scale;
  const h = height * scale;
  const x = round(room.x + (room.width - w) / 2);
  const y = round(room.y + (room.height - h) / 2);
  const start = /^<svg\b[^>]*>/.exec(svg)?.[0] ?? '';
  return (
    `<svg class="chart" x="${x}" y="${y}" width="${round(w)}" height="${round(h)}" viewBox="0 0 ${width} ${height}">` +
    svg.slice(start.length)
  );
}

function isRtl({ language }: PictureWords): boolean {
  return languageOf(language).direction === 'rtl';
}

function writeHead(plan: Plan, unit: number): string {
  return writeBlocks(plan.head, plan, plan.words.y, unit);
}

function writeFoot(plan: Plan, unit: number): string {
  const { foot, words } = plan;
  const top = words.y + words.height - sumHeight(foot, unit) + 10 * unit;
  return writeBlocks(foot, plan, top, unit);
}

function writeBlocks(
  blocks: readonly Block[],
  { words, rtl }: Plan,
  top: number,
  unit: number,
): string {
  const x = rtl ? words.x + words.width : words.x;
  const anchor = rtl ? ' text-anchor="end"' : '';
  let y = top;
  const parts: string[] = [];
  for (const { lines, height } of blocks) {
    if (lines.length === 0) continue;
    lines.forEach(({ text, style }, index) => {
      const base = y + index * style.line * unit + style.size * unit;
      parts.push(
        `<text class="${style.class}" x="${round(x)}" y="${round(base)}"${anchor}>${escapeXml(rtl ? fromRight(text) : text)}</text>`,
      );
    });
    y += height + 10 * unit;
  }
  return parts.join('');
}

function writeStyles({ eyebrow, titles, subtitle, note, small }: Type, unit: number): string {
  const size = (pixels: number): string => `font-size:${round(pixels * unit)}px`;
  return [
    '.paper{fill:var(--paper)}',
    '.words text{fill:var(--ink);font-family:var(--font-sans)}',
    '.words .p-title{font-family:var(--font-serif);font-weight:600}',
    ...titles.map((style) => `.words .p-${style.size}{${size(style.size)}}`),
    `.words .p-eyebrow{fill:var(--muted);font-weight:600;${size(eyebrow.size)}}`,
    `.words .p-subtitle{fill:var(--muted);${size(subtitle.size)}}`,
    `.words .p-note{${size(note.size)}}`,
    `.words .p-small{fill:var(--muted);${size(small.size)}}`,
  ].join('');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
