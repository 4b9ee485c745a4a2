/** tor. Rules: ooni/backend core.py, score_tor. */
import { type JsonValue, isJsonObject } from '../parse/json.ts';
import { type Tally, formatTally } from './endpoints.ts';
import { commonFailure } from './failure-class.ts';
import { hasKey, isJsonArray, isTruthy, valueAt } from './python-values.ts';
import { type Scorer, UNREADABLE, toTestScore } from './test-score.ts';

/** Kinds of target, in the order of the detail, by `target_protocol`. Source: ooni/spec ts-023. */
const KINDS = new Map([
  ['dir_port', 'dir'],
  ['or_port_dirauth', 'dirauth'],
  ['or_port', 'or'],
  ['obfs4', 'obfs4'],
]);
const OTHER_KIND = 'other';

/** Scores Tor: the share of targets that failed, of those tried, whatever their kind. */
export const scoreTor: Scorer = (keys) => {
  const targets = valueAt(keys, 'targets');
  if (!isTruthy(targets)) return toTestScore(0, ['tor.no_targets']);
  if (isJsonArray(targets)) return toTestScore(0, ['tor.invalid_targets']);
  if (!isJsonObject(targets)) return UNREADABLE;

  const tallies = new Map<string, { reachable: number; failed: number }>();
  const total: { reachable: number; failed: number } = { reachable: 0, failed: 0 };
  const failures: (JsonValue | undefined)[] = [];
  for (const id in targets) {
    if (!Object.hasOwn(targets, id)) continue;
    const target = targets[id];
    if (!isJsonObject(target)) return UNREADABLE;
    if (!hasKey(target, 'failure') || !hasKey(target, 'network_events'))
      return toTestScore(0, ['tor.invalid_targets']);
    const failure = target['failure'];
    if (failure === false) continue;
    if (failure === '') return UNREADABLE;
    const protocol = valueAt(target, 'target_protocol');
    const kind = (typeof protocol === 'string' ? KINDS.get(protocol) : undefined) ?? OTHER_KIND;
    const tally = tallies.get(kind) ?? { reachable: 0, failed: 0 };
    tallies.set(kind, tally);
    if (failure === null) {
      tally.reachable += 1;
      total.reachable += 1;
    } else {
      tally.failed += 1;
      total.failed += 1;
      failures.push(failure);
    }
  }
  const tried = total.reachable + total.failed;
  if (tried === 0) return toTestScore(0, ['tor.nothing_run']);
  const score = total.failed / tried;
  return toTestScore(score, [score > 0.5 ? 'tor.targets_blocked' : 'tor.targets_reachable'], {
    detail: formatKinds(tallies),
    failure_class: commonFailure(failures),
  });
};

function formatKinds(tallies: ReadonlyMap<string, Pick<Tally, 'reachable' | 'failed'>>): string {
  return [...KINDS.values(), OTHER_KIND]
    .flatMap((kind) => {
      const tally = tallies.get(kind);
      return tally === undefined ? [] : [`${kind}=${formatTally(tally)}`];
    })
    .join(',');
}
