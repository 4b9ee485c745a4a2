/** How much room a chart has, and which of the two layouts that asks for. */

export interface ChartSize {
  /** CSS pixels from edge to edge. */
  readonly width: number;
  /** Its plots are as low as they may be. */
  readonly low?: boolean;
  /** Pixels by which it is lower than it would be, as far as that can be: fewer rows, lower plots, less beside them. */
  readonly less?: number;
  /** Its height where nothing is left out, when that is known: it need not be drawn once more to be measured. */
  readonly usual?: number;
  /** Every mark carries what it says. Pages leave that out where there are very many, which would outweigh the rest. */
  readonly reads?: true;
}

/** Below this a chart is laid out for a phone: labels inside, fewer ticks. */
export const NARROW_BELOW = 560;
/** The widths at which charts are drawn at build. */
export const BUILD_WIDTHS = { wide: 720, narrow: 340 } as const;
/** Most height that a drawing has in a frame, beside title, measure and credit (`export/frame-room`). */
export const FRAME_ROOM = { full: 260, wide: 254, narrow: 262 } as const;
/** A frame with its words: where it is wide, and on a phone. */
export const FRAME_HEIGHT = { wide: 420, narrow: 460 } as const;
/** On a card, where everything is drawn twice as large. */
export const CARD_SIZE: ChartSize = { width: 556, low: true };
/** Height that is left for it there under a headline and a detail of two lines each, where its letters are not made smaller. */
export const CARD_ROOM = 141;
/** Least of the rows of a chart that are drawn where there is no room for more. */
export const LEAST_ROWS = 2;
/** The chart that leads a page is drawn over all of it as well. */
export const FULL_WIDTH = 1120;
/** Room from which that drawing is seen. */
export const FULL_FROM = 900;

export function isNarrow({ width }: ChartSize): boolean {
  return width < NARROW_BELOW;
}

/** Font sizes of the stylesheet, for text widths. */
export const LABEL_SIZE = 12;
export const SMALL_SIZE = 11;
/** Distance between lines of labels. */
export const LINE_HEIGHT = 16;
