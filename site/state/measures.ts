/** What a chart of the builder can show, whose figures those are, and where a table of speeds has them. */
import { COLUMNS, type ColumnName } from '../../data-build/contract/columns.ts';
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

interface Speed {
  readonly median: ColumnName;
  /** How many tests carry the median. */
  readonly tests: ColumnName;
}

/** Medians of speed tests. Latency and loss are measured on the way of a download. */
export const SPEEDS = {
  throughput: { median: 'download_mbps_p50', tests: 'download_sample_count' },
  upload: { median: 'upload_mbps_p50', tests: 'upload_sample_count' },
  min_rtt: { median: 'min_rtt_ms_p50', tests: 'download_sample_count' },
  loss: { median: 'loss_ratio_p50', tests: 'download_sample_count' },
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
  return COLUMNS[SPEEDS[measure].median].unit;
}

/** Whose figures a measure is of. */
export function witnessOf(measure: Measure): Exclude<Witness, 'indicators'> {
  if (isSpeed(measure)) return 'throughput';
  return measure === 'tool_use' ? 'tools' : 'interference';
}
