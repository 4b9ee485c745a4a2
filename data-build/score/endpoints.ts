/** Counts reachable endpoints, for tests that try many. */
import type { JsonObject, JsonValue } from '../parse/json.ts';
import { asObjects, listOrNull, objectOrNull, valueAt } from './python-values.ts';

export interface Tally {
  readonly reachable: number;
  readonly failed: number;
  /** The failures seen, for the failure class. */
  readonly failures: readonly (JsonValue | undefined)[];
}

/** `reachable/tried`, as written to `blocking_detail`. */
export function formatTally(tally: Pick<Tally, 'reachable' | 'failed'>): string {
  return `${tally.reachable}/${tally.reachable + tally.failed}`;
}

/**
 * Counts `tcp_connect[].status.success`: true reachable, false failed, anything else not counted. Null when
 * a shape cannot be read. Source: ooni/spec df-005; core.py, _extract_tcp_connect.
 */
export function tallyTcpConnect(keys: JsonObject): Tally | null {
  const connects = asObjects(listOrNull(keys, 'tcp_connect'));
  if (connects === null) return null;
  let reachable = 0;
  const failures: (JsonValue | undefined)[] = [];
  for (const connect of connects) {
    const status = objectOrNull(connect, 'status');
    if (status === null) return null;
    const success = valueAt(status, 'success');
    if (success === true) reachable += 1;
    else if (success === false) failures.push(valueAt(status, 'failure'));
  }
  return { reachable, failed: failures.length, failures };
}

/** Failed ÷ tried; zero when nothing was tried. */
export function failedShare(tally: Tally): number {
  const tried = tally.reachable + tally.failed;
  return tried === 0 ? 0 : tally.failed / tried;
}
