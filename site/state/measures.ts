/** What a chart of the builder can show, whose figures those are, and where a table of speeds has them. */
import type { COLUMNS, ColumnName } from '../../data-build/contract/columns.ts';
import type { Witness } from '../../data-build/contract/witnesses.ts';

/** In the order of the form. */
export const MEASURES = [
  'rate',
  'tests',
  'confirmed',
  'methods',
  'throughput',
  'upload',
  'min_rtt',
  'loss',
  'tool_use',
] as const;
export type Measure = (typeof MEASURES)[number];

/** A median with its unit, which is that of the column; the table of columns itself is too large for a page. */
type Speed = {
  readonly [Median in ColumnName]: {
    readonly median: Median;
    /** How many tests carry the median. */
    readonly tests: ColumnName;
    readonly unit: (typeof COLUMNS)[Median]['unit'];
  };
}[ColumnName];

/** Medians of speed tests. Latency and loss are measured on the way of a download. */
export const SPEEDS = {
  throughput: { median: 'download_mbps_p50', tests: 'download_sample_count', unit: 'mbps' },
  upload: { median: 'upload_mbps_p50', tests: 'upload_sample_count', unit: 'mbps' },
  min_rtt: { median: 'min_rtt_ms_p50', tests: 'download_sample_count', unit: 'ms' },
  loss: { median: 'loss_ratio_p50', tests: 'download_sample_count', unit: 'ratio' },
} as const satisfies Partial<Record<Measure, Speed>>;
export type SpeedMeasure = keyof typeof SPEEDS;

export function isMeasure(name: string): name is Measure {
  return MEASURES.some((measure) => measure === name);
}

export function isSpeed(measure: Measure): measure is SpeedMeasure {
  return Object.hasOwn(SPEEDS, measure);
}

/** `mbps`, `ms`, `ratio`. */
export function speedUnit(measure: SpeedMeasure) {
  return SPEEDS[measure].unit;
}

/** Whose figures a measure is of. */
export function witnessOf(measure: Measure): Exclude<Witness, 'indicators'> {
  if (isSpeed(measure)) return 'throughput';
  return measure === 'tool_use' ? 'tools' : 'interference';
}
