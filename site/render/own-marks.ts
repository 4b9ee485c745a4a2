/**
 * Notes with arrows that a reader puts on a chart before taking its picture. They go into the text of the drawing that is
 * taken away, never into a view, a page or a file that others read as ours.
 */
import { escapeXml } from '../../data-build/contract/xml.ts';
import { textWidth, wrapText } from '../charts/marks/label.ts';
import { LABEL_SIZE, LINE_HEIGHT } from '../charts/size.ts';
import type { OwnMark, OwnPlace } from '../state/notes-link.ts';
import type { Drawing } from './svg-string.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Boxes of the periods of a drawing, as it was written. */
function periodsOf({ svg }: Drawing): ReadonlyMap<string, Box> {
  const found = new Map<string, Box>();
  for (const [tag] of svg.matchAll(/<rect\b[^>]*\bdata-period="[^"]*"[^>]*>/g)) {
    const of = (name: string): number =>
      Number(new RegExp(`\\b${name}="([\\d.-]+)"`).exec(tag)?.[1] ?? 0);
    const period = /\bdata-period="([^"]*)"/.exec(tag)?.[1] ?? '';
    // A row that is shifted in the drawing has boxes of its own; only whole slots stand where they say.
    if (!found.has(period))
      found.set(period, { x: of('x'), y: of('y'), width: of('width'), height: of('height') });
  }
  return svg.includes('data-row=') ? new Map() : found;
}

/** The middle of the chart, where a new note begins. */
export function startPlace(drawing: Drawing): OwnPlace {
  const periods = [...periodsOf(drawing).keys()];
  const period = periods[Math.floor(periods.length / 2)] ?? null;
  return { period, x: 0.5, y: 0.5 };
}

/** What lies at a point of the drawing, in its own pixels. */
export function placeAt(drawing: Drawing, x: number, y: number): OwnPlace {
  for (const [period, box] of periodsOf(drawing))
    if (x >= box.x && x < box.x + box.width && y >= box.y && y <= box.y + box.height)
      return { period, x: 0.5, y: keepPart((y - box.y) / box.height) };
  return { period: null, x: keepPart(x / drawing.width), y: keepPart(y / drawing.height) };
}

/** One step by keyboard: to the next period, or a small part of the drawing. */
export function movePlace(drawing: Drawing, at: OwnPlace, dx: number, dy: number): OwnPlace {
  const periods = [...periodsOf(drawing).keys()];
  const index = at.period === null ? -1 : periods.indexOf(at.period);
  if (index < 0) return { ...at, x: keepPart(at.x + dx * STEP), y: keepPart(at.y + dy * STEP) };
  const next = periods[Math.min(periods.length - 1, Math.max(0, index + dx))] ?? at.period;
  return { ...at, period: next, y: keepPart(at.y + dy * STEP) };
}

const STEP = 0.04;

/** In thousandths, as links say it: a link shows the same arrow. */
function keepPart(part: number): number {
  return Math.round(Math.min(1, Math.max(0, part)) * 1000) / 1000;
}

function tipOf(drawing: Drawing, { period, x, y }: OwnPlace): { x: number; y: number } {
  const whole = { x: 0, y: 0, width: drawing.width, height: drawing.height };
  const box = period === null ? whole : (periodsOf(drawing).get(period) ?? whole);
  return { x: round(box.x + box.width * x), y: round(box.y + box.height * y) };
}

const MOST_WIDTH = 150;
const PAD = 5;
/** From the note to the end of its arrow. */
const AWAY = 26;

/** The drawing with the notes over it; without any, the same one. */
export function withOwnMarks(drawing: Drawing, marks: readonly OwnMark[]): Drawing {
  if (marks.length === 0) return drawing;
  const end = drawing.svg.lastIndexOf('</svg>');
  const own = marks.map((mark) => writeMark(drawing, mark)).join('');
  return { ...drawing, svg: `${drawing.svg.slice(0, end)}<g class="own">${own}</g></svg>` };
}

function writeMark(drawing: Drawing, { text, at }: OwnMark): string {
  const tip = tipOf(drawing, at);
  const lines = wrapText(text, MOST_WIDTH, LABEL_SIZE);
  const width = round(
    Math.max(16, ...lines.map((line) => textWidth(line, LABEL_SIZE) * 1.06)) + 2 * PAD,
  );
  const height = Math.max(1, lines.length) * LINE_HEIGHT + PAD;
  // On the side that has more room, above the point unless that is too high.
  const isLeft = tip.x > drawing.width / 2;
  const left = keepIn(isLeft ? tip.x - AWAY - width : tip.x + AWAY, drawing.width - width);
  const top = keepIn(
    tip.y > height + AWAY ? tip.y - AWAY - height : tip.y + AWAY,
    drawing.height - height,
  );
  const from = { x: isLeft ? left + width : left, y: top > tip.y ? top : top + height };
  const words = lines.map(
    (line, index) =>
      `<text x="${round(left + PAD)}" y="${round(top + 13 + index * LINE_HEIGHT)}">${escapeXml(line)}</text>`,
  );
  return (
    `<path class="arrow" d="M${round(from.x)} ${round(from.y)}L${tip.x} ${tip.y}${arrowHead(from, tip)}"/>` +
    `<rect class="box" x="${round(left)}" y="${round(top)}" width="${width}" height="${height}"/>` +
    words.join('')
  );
}

function arrowHead(from: { x: number; y: number }, tip: { x: number; y: number }): string {
  const angle = Math.atan2(tip.y - from.y, tip.x - from.x);
  const side = (turn: number): string =>
    `${round(tip.x - 8 * Math.cos(angle + turn))} ${round(tip.y - 8 * Math.sin(angle + turn))}`;
  return `M${side(0.45)}L${tip.x} ${tip.y}L${side(-0.45)}`;
}

function keepIn(value: number, most: number): number {
  return Math.min(Math.max(0, value), Math.max(0, most));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Which of the drawings a picture holds, and where: in pixels of the picture. Null: it has none. */
export function findDrawing(
  picture: string,
  drawings: readonly Drawing[],
): { readonly drawing: Drawing; readonly box: Box } | null {
  const tag = /<svg class="chart"[^>]*>/.exec(picture)?.[0] ?? '';
  const numbers = [...tag.matchAll(/\b(?:x|y|width|height)="([\d.-]+)"/g)].map(([, n]) =>
    Number(n),
  );
  const [x, y, width, height] = numbers;
  const size = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(tag);
  const drawing = drawings.find(
    (one) => one.width === Number(size?.[1]) && one.height === Number(size?.[2]),
  );
  if (drawing === undefined || x === undefined || y === undefined) return null;
  if (width === undefined || height === undefined) return null;
  return { drawing, box: { x, y, width, height } };
}
