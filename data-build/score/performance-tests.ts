/** ndt and dash: never anomalies; the speeds are the point. Rules: ooni/backend core.py, score_dash. */
import { type JsonObject, objectAt } from '../parse/json.ts';
import { toFailureClass } from './failure-class.ts';
import { isMissing, isTruthy, valueAt } from './python-values.ts';
import { type Scorer, NO_PERFORMANCE, UNREADABLE, toTestScore } from './test-score.ts';

/** A positive number, or null; zero stands for a direction that was not measured. */
function positiveAt(object: JsonObject, key: string): number | null {
  const value = valueAt(object, key);
  return typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : null;
}

/** kbit/s → Mbit/s. */
function toMbps(kbps: number | null): number | null {
  return kbps === null ? null : kbps / 1000;
}

/**
 * Reads the probe's own speed test: `summary` of NDT7 or `simple` of the earlier protocol, both in kbit/s
 * and ms. A run with a failure keeps its outcome and loses its speeds.
 */
export const scoreNdt: Scorer = (keys) => {
  const failure = valueAt(keys, 'failure');
  if (!isMissing(failure))
    return toTestScore(0, ['ndt.measured'], { failure_class: toFailureClass(failure) });
  const summary = isTruthy(valueAt(keys, 'summary'))
    ? objectAt(keys, 'summary')
    : objectAt(keys, 'simple');
  return toTestScore(0, ['ndt.measured'], {
    performance: {
      ...NO_PERFORMANCE,
      ndt_download_mbps: toMbps(positiveAt(summary, 'download')),
      ndt_upload_mbps: toMbps(positiveAt(summary, 'upload')),
      ndt_min_rtt_ms: positiveAt(summary, 'min_rtt') ?? positiveAt(summary, 'ping'),
    },
  });
};

/** Reads the streaming test; `simple.median_bitrate` is in kbit/s. */
export const scoreDash: Scorer = (keys) => {
  const failure = valueAt(keys, 'failure');
  if (typeof failure === 'boolean' || typeof failure === 'number') return UNREADABLE;
  if (!isTruthy(keys) || !isMissing(failure))
    return toTestScore(0, ['dash.failed'], { failure_class: toFailureClass(failure) });
  return toTestScore(0, ['dash.measured'], {
    performance: {
      ...NO_PERFORMANCE,
      dash_median_bitrate_mbps: toMbps(positiveAt(objectAt(keys, 'simple'), 'median_bitrate')),
    },
  });
};
