/** How high a chart may be in a frame: as much as its words leave of the height that the code of frames names. */
import { textWidth, wrapText } from '../charts/marks/label.ts';
import { BUILD_WIDTHS, FRAME_HEIGHT, FRAME_ROOM, FULL_FROM } from '../charts/size.ts';

/** Words that stand above and below the drawing, each whole. */
export interface FrameWords {
  readonly title: string;
  readonly subtitle: string;
  readonly credit: string;
}

/** Of the stylesheet of embeds, whose root is 15 pixels: size and height of a line. */
const TITLE = {
  narrow: { size: 15, line: 18.75 },
  wide: { size: 16.9, line: 21.1 },
} as const;
const SMALL = { size: 12.2, line: 17.7 } as const;
/** Semibold letters with serifs are wider than those that widths were measured of. */
const SERIF = 1.2;
/** Margins, and the line with the way home and what unfolds. */
const AROUND = 66;
/** Beside the words, to the edges of the frame. */
const EDGES = 24;
/** The stylesheet knows rooms in steps; below the first nothing can be read of most charts. */
const STEP = 10;
const LEAST = 120;
export const FRAME_ROOMS: readonly number[] = Array.from(
  { length: 1 + Math.floor((Math.max(...Object.values(FRAME_ROOM)) - LEAST) / STEP) },
  (_, index) => LEAST + index * STEP,
);
export type FrameShape = keyof typeof FRAME_ROOM;

const WIDTHS = { narrow: BUILD_WIDTHS.narrow + 20, wide: BUILD_WIDTHS.wide, full: FULL_FROM };

export function frameRoom({ title, subtitle, credit }: FrameWords, shape: FrameShape): number {
  const width = WIDTHS[shape] - EDGES;
  const { size, line } = TITLE[shape === 'narrow' ? 'narrow' : 'wide'];
  const words =
    line * countLines(title, width, size * SERIF) +
    SMALL.line * (countLines(subtitle, width, SMALL.size) + countLines(credit, width, SMALL.size));
  const left = FRAME_HEIGHT[shape === 'narrow' ? 'narrow' : 'wide'] - AROUND - words;
  const steps = Math.floor((Math.min(FRAME_ROOM[shape], left) - LEAST) / STEP);
  return LEAST + STEP * Math.max(0, steps);
}

/** That no drawing is higher than its room, however wide its frame is: a page that allows no style of its own names the step. */
export function writeRoomCss(): string {
  return SHAPES.flatMap((shape) =>
    FRAME_ROOMS.map(
      (room) => `.drawing[data-${shape}='${room}'] > svg.${shape} { max-block-size: ${room}px; }`,
    ),
  ).join('\n');
}

const SHAPES: readonly FrameShape[] = ['narrow', 'wide', 'full'];

/** A word that is longer than a line is broken. */
function countLines(words: string, width: number, size: number): number {
  return wrapText(words, width, size).reduce(
    (count, each) => count + Math.max(1, Math.ceil(textWidth(each, size) / width)),
    0,
  );
}
