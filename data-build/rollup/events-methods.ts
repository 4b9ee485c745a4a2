/** Changes of the leading way in which interference with a target shows. */
import { addDays, mondayOf } from '../contract/brands.ts';
import {
  detectMethodChanges,
  METHOD_CHANGE_DETECTOR,
  type MethodWeek,
} from './detectors/method-change.ts';
import type { FoundEvent } from './found-event.ts';
import { countsOf } from './span-events.ts';
import { countedDays, type Target } from './targets.ts';

export function findMethodEvents(target: Target): readonly FoundEvent[] {
  const days = countedDays(target.days);
  const weeks = new Map<string, MethodWeek>();
  for (const { day, asn, methods } of days) {
    // Days without signs tell nothing, but that some counts name no network.
    if (methods.size === 0 && asn !== null) continue;
    const week = mondayOf(day);
    const key = `${week} ${asn ?? ''}`;
    const own: MethodWeek = weeks.get(key) ?? { week, network: asn, counts: new Map() };
    weeks.set(key, own);
    for (const [method, count] of methods)
      own.counts.set(method, (own.counts.get(method) ?? 0) + count);
  }
  return detectMethodChanges([...weeks.values()]).map((change) => {
    const inside = days.filter(
      ({ day }) => day >= change.firstSign && day < addDays(change.firstSign, 14),
    );
    const known = inside.every(({ asn }) => asn !== null);
    return {
      ...countsOf(target, null, inside),
      kind: 'method_change',
      blocking_method: change.to,
      last_normal: change.lastNormal,
      first_sign: change.firstSign,
      last_sign: null,
      first_normal: null,
      magnitude: change.share,
      baseline: null,
      extreme_day: null,
      network_count: known ? new Set(inside.map(({ asn }) => asn)).size : null,
      detector_id: METHOD_CHANGE_DETECTOR.id,
      robust: change.robust,
      coverage_ratio: null,
      follows: null,
      global: false,
    };
  });
}
