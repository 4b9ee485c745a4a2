/** How much room a chart has, and which of the two layouts that asks for. */

export interface ChartSize {
  /** CSS pixels from edge to edge. */
  readonly width: number;
  /** Its plots are as low as they may be. */
  readonly low?: boolean;
  /** Every mark carries what it says. Pages leave that out where there are very many, which would outweigh the rest. */
  readonly reads?: true;
}

/** Below this a chart is laid out for a phone: labels inside, fewer ticks. */
export const NARROW_BELOW = 560;
/** The widths at which charts are drawn at build. */
export const BUILD_WIDTHS = { wide: 720, narrow: 340 } as const;
/** On a card, where everything is drawn twice as large. */
export const CARD_SIZE: ChartSize = { width: 556, low: true };
/** Height that is left for it there. */
export const CARD_ROOM = 175;
/** Of a chart that fills it under a headline of two lines without being made smaller. */
export const LOW_HEIGHT = 160;
/** The chart that leads a page is drawn over all of it as well. */
export const FULL_WIDTH = 1120;

export function isNarrow({ width }: ChartSize): boolean {
  return width < NARROW_BELOW;
}

/** Font sizes of the stylesheet, for text widths. */
export const LABEL_SIZE = 12;
export const SMALL_SIZE = 11;
/** Distance between lines of labels. */
export const LINE_HEIGHT = 16;
