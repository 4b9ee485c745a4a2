/** What of a chart is drawn, as a reader chose it. The table keeps everything. */

export interface ChartSelection {
  /** Keys of series that are left out. */
  readonly hidden: ReadonlySet<string>;
  /** Keys of the rows that are drawn; null: all. */
  readonly rows: ReadonlySet<string> | null;
}

export const EVERYTHING: ChartSelection = { hidden: new Set(), rows: null };

/** What a row of a table is about, where a row is about one thing in one period: `33771` of `33771 2024-05-06`. */
export function rowSubject(key: string): string {
  return key.split(' ')[0] ?? key;
}

/** The entries that ticked rows are about; all of them where none of those is among them. */
export function keepTicked<Entry>(
  entries: readonly Entry[],
  { rows }: ChartSelection,
  keyOf: (entry: Entry) => string,
): readonly Entry[] {
  const wanted = new Set([...(rows ?? [])].map(rowSubject));
  const kept = entries.filter((entry) => wanted.has(keyOf(entry)));
  return kept.length === 0 ? entries : kept;
}
