/** A part of a chart, as a reader chose it. The table keeps everything. */

export interface ShownPart {
  /** Keys of series that are left out. */
  readonly hidden: ReadonlySet<string>;
  /** Keys of the rows that are drawn; null: all. */
  readonly rows: ReadonlySet<string> | null;
}

export const EVERYTHING: ShownPart = { hidden: new Set(), rows: null };
