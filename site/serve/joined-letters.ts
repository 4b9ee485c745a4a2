/**
 * Texts of a picture whose letters join, as the shapes of their letters. The renderer of PNGs takes letters that a face lacks
 * from another one only where both form as many signs, which joined letters do not, and reads every text from the left.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import bidiFactory from 'bidi-js';
import { Blob, Buffer, Direction, Face, Font, shape } from 'harfbuzzjs';
import { unescapeXml } from '../render/inline-styles.ts';

/** A cut of `styles/fonts`, opened. */
interface OpenFace {
  /** `inter`, as the name of its file begins. */
  readonly name: string;
  readonly weight: number;
  readonly font: Font;
  readonly size: number;
  readonly letters: ReadonlySet<number>;
}

/** Signs of one face and one direction. */
interface Run {
  readonly face: OpenFace;
  /** Odd: read from the right. */
  readonly level: number;
  text: string;
}

const bidi = bidiFactory();
/** Arabic, and Burmese. */
const JOINED = /[\u0600-\u06ff\u1000-\u109f]/;
/** Marks that order a text, and have no shape. */
const UNSEEN = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
/** A text with what it says, the end of an element, or its start. */
const PIECE =
  /<text((?:\s[\w:-]+="[^"]*")*)>([^<]*)<\/text>|<\/[\w:]+>|<[\w:]+((?:\s[\w:-]+="[^"]*")*)\s*(\/?)>/g;
const ATTRIBUTE = /\s([\w:-]+)="([^"]*)"/g;
/** What texts take over from the elements around them. */
const TAKEN_OVER = ['text-anchor', 'font-family', 'font-size', 'font-weight'];
/** Of a text alone. */
const OF_TEXT = new Set(['x', 'y', 'transform', ...TAKEN_OVER]);

const opened = new Map<string, OpenFace>();

function openFace(file: string): OpenFace {
  const known = opened.get(file);
  if (known !== undefined) return known;
  const face = new Face(new Blob(readFileSync(file)));
  const [, name = '', weight = ''] =
    /^(.*?)-(?:\w+(?:-ext)?)-(\d+)\.ttf$/.exec(path.basename(file)) ?? [];
  const font = new Font(face);
  const letters = new Set(face.collectUnicodes());
  const made = { name, weight: Number(weight), font, size: face.upem, letters };
  opened.set(file, made);
  return made;
}

/** Whether an SVG has texts that are to be drawn so. */
export function hasJoinedLetters(svg: string): boolean {
  return JOINED.test(svg) || UNSEEN.test(svg);
}

/** An SVG whose styles are attributes (`render/inline-styles`); `files` are faces to draw it with. */
export function shapeJoinedLetters(svg: string, files: readonly string[]): string {
  const around: ReadonlyMap<string, string>[] = [new Map()];
  return svg.replace(
    PIECE,
    (whole, ofText?: string, content?: string, of?: string, empty?: string) => {
      const outer = around.at(-1) ?? new Map<string, string>();
      if (content !== undefined && ofText !== undefined) {
        const text = unescapeXml(content);
        return hasJoinedLetters(text)
          ? drawText(text, readAttributes(ofText), outer, files)
          : whole;
      }
      if (of === undefined) around.pop();
      else if (empty === '') {
        const own = [...readAttributes(of)].filter(([name]) => TAKEN_OVER.includes(name));
        around.push(new Map([...outer, ...own]));
      }
      return whole;
    },
  );
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, value]));
}

function drawText(
  text: string,
  own: ReadonlyMap<string, string>,
  outer: ReadonlyMap<string, string>,
  files: readonly string[],
): string {
  const find = (name: string): string => own.get(name) ?? outer.get(name) ?? '';
  const number = (name: string): number => Number.parseFloat(find(name)) || 0;
  const wanted = {
    serif: /serif/i.test(find('font-family').replace(/sans-serif/gi, '')),
    weight: number('font-weight') || 400,
  };
  const faces = files.map(openFace).toSorted((a, b) => rank(a, wanted) - rank(b, wanted));
  const { d, width } = drawRuns(toRuns(text, faces), number('font-size'));
  const anchor = { middle: 0.5, end: 1 }[find('text-anchor')] ?? 0;
  const place = `translate(${round(number('x') - anchor * width)} ${round(number('y'))})`;
  const before = own.get('transform');
  const kept = [...own].filter(([name]) => !OF_TEXT.has(name));
  const written = kept.map(([name, value]) => ` ${name}="${value}"`).join('');
  return `<path${written} transform="${before === undefined ? place : `${before} ${place}`}" d="${d}"/>`;
}

/** The face that is asked for comes first, then those of other scripts by how near their weight is. */
function rank({ name, weight }: OpenFace, wanted: { serif: boolean; weight: number }): number {
  const family = name.startsWith('source-serif') === wanted.serif ? 0 : 1;
  return family * 10_000 + Math.abs(weight - wanted.weight);
}

/** In the order in which they stand beside each other, from the left. */
function toRuns(text: string, faces: readonly OpenFace[]): readonly Run[] {
  const { levels } = bidi.getEmbeddingLevels(text);
  const runs: Run[] = [];
  let at = 0;
  for (const character of text) {
    const level = levels[at] ?? 0;
    at += character.length;
    if (UNSEEN.test(character)) continue;
    const last = runs.at(-1);
    const code = character.codePointAt(0) ?? 0;
    const face =
      last?.face.letters.has(code) === true && !/[a-z]/i.test(character)
        ? last.face
        : (faces.find(({ letters }) => letters.has(code)) ?? last?.face ?? faces[0]);
    if (face === undefined) continue;
    if (last?.face === face && last.level === level) last.text += character;
    else runs.push({ face, level, text: character });
  }
  return order(runs);
}

/** Rule L2 of the Unicode Bidirectional Algorithm (UAX #9), for whole runs. */
function order(runs: readonly Run[]): readonly Run[] {
  let ordered = [...runs];
  for (let level = Math.max(0, ...runs.map((run) => run.level)); level > 0; level -= 1) {
    const next: Run[] = [];
    let turned: Run[] = [];
    for (const run of ordered) {
      if (run.level >= level) turned.unshift(run);
      else {
        next.push(...turned, run);
        turned = [];
      }
    }
    ordered = [...next, ...turned];
  }
  return ordered;
}

function drawRuns(
  runs: readonly Run[],
  size: number,
): { readonly d: string; readonly width: number } {
  let x = 0;
  let d = '';
  for (const { face, level, text } of runs) {
    const scale = size / face.size;
    const buffer = new Buffer();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    buffer.setDirection(level % 2 === 1 ? Direction.RTL : Direction.LTR);
    shape(face.font, buffer);
    for (const glyph of buffer.getGlyphInfosAndPositions()) {
      const { codepoint, xOffset = 0, yOffset = 0, xAdvance = 0 } = glyph;
      d += place(face.font.glyphToPath(codepoint), scale, x + xOffset * scale, -yOffset * scale);
      x += xAdvance * scale;
    }
  }
  return { d, width: x };
}

/** A shape in units of its face, upwards, as one in pixels, downwards. */
function place(outline: string, scale: number, x: number, y: number): string {
  let isX = true;
  return outline.replace(/[A-Z]|-?[\d.]+(?:e-?\d+)?/g, (part) => {
    if (/[A-Z]/.test(part)) return part;
    const value = isX ? x + Number(part) * scale : y - Number(part) * scale;
    isX = !isX;
    return String(round(value));
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
