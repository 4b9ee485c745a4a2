/** Failure strings of the dumps, cut to the vocabulary that may be published. */
import type { JsonValue } from '../parse/json.ts';
import { type FailureClass, FAILURE_CLASSES } from '../contract/vocabulary.ts';
import { isTruthy } from './python-values.ts';

const CLASSES: ReadonlyMap<string, FailureClass> = new Map(
  FAILURE_CLASSES.map((name) => [name, name]),
);

/** The class of a failure field: null when it says that nothing failed, `unknown_failure` for free text. */
export function toFailureClass(value: JsonValue | undefined): FailureClass | null {
  if (!isTruthy(value)) return null;
  return (typeof value === 'string' ? CLASSES.get(value) : undefined) ?? 'unknown_failure';
}

/** The first of several failure fields that names a failure; one with a name wins over free text. */
export function firstFailure(...values: readonly (JsonValue | undefined)[]): FailureClass | null {
  const classes = values.map(toFailureClass).filter((name) => name !== null);
  return classes.find((name) => name !== 'unknown_failure') ?? classes[0] ?? null;
}

/** The most frequent failure of many, the earlier one on a tie; named ones win over free text. */
export function commonFailure(values: readonly (JsonValue | undefined)[]): FailureClass | null {
  const counts = new Map<FailureClass, number>();
  for (const value of values) {
    const name = toFailureClass(value);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  let best: FailureClass | null = null;
  let bestCount = 0;
  for (const [name, count] of counts) {
    const weight = name === 'unknown_failure' ? 0.5 : count;
    if (weight > bestCount) {
      best = name;
      bestCount = weight;
    }
  }
  return best;
}
