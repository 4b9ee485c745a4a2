/** How much room a chart has, and which of the two layouts that asks for. */

export interface ChartSize {
  /** CSS pixels from edge to edge. */
  readonly width: number;
}

/** Below this a chart is laid out for a phone: labels inside, fewer ticks. */
export const NARROW_BELOW = 560;
/** The widths at which charts are drawn at build. */
export const BUILD_WIDTHS = { wide: 720, narrow: 340 } as const;
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
