/** Faults of the input: what is wrong and what to do. Never thrown. */
import { translate } from '../words/translate.ts';
import type { WordKey } from '../words/words.ts';

export const STAGES = ['sources', 'parse', 'normalize', 'score', 'rollup'] as const;
export type Stage = (typeof STAGES)[number];

export interface ReasonSpec {
  readonly stage: Stage;
  /** What is wrong. */
  readonly what: string;
  /** What to do. */
  readonly todo: string;
  /** The user of the build left it out: listed like the others, but no fault of the input. */
  readonly asked?: true;
}

/** Reasons that the word files name. */
type NamedReason = WordKey extends infer Key
  ? Key extends `reason.${infer Name}.todo`
    ? Name
    : never
  : never;

const reason = (name: NamedReason, stage: Stage, asked?: true): ReasonSpec => ({
  stage,
  get what() {
    return translate(`reason.${name}`);
  },
  get todo() {
    return translate(`reason.${name}.todo`);
  },
  ...(asked === undefined ? {} : { asked }),
});

/** Every reason not to use a file, line or row. The key is permanent: it is written to `rejects.json`. */
export const REASONS = {
  unrecognised_file: reason('unrecognised_file', 'sources'),
  unreadable_file: reason('unreadable_file', 'sources'),
  truncated_file: reason('truncated_file', 'sources'),
  unpacks_too_far: reason('unpacks_too_far', 'sources'),
  link_outside: reason('link_outside', 'sources'),
  no_scope: reason('no_scope', 'sources'),
  unusable_axes: reason('unusable_axes', 'sources'),
  unknown_licence: reason('unknown_licence', 'sources'),
  refused_column: reason('refused_column', 'sources'),
  checksum_mismatch: reason('checksum_mismatch', 'sources'),
  empty_line: reason('empty_line', 'parse'),
  invalid_json: reason('invalid_json', 'parse'),
  invalid_utf8: reason('invalid_utf8', 'parse'),
  line_too_long: reason('line_too_long', 'parse'),
  not_an_object: reason('not_an_object', 'parse'),
  invalid_csv: reason('invalid_csv', 'parse'),
  missing_test_name: reason('missing_test_name', 'normalize'),
  missing_time: reason('missing_time', 'normalize'),
  untrusted_time: reason('untrusted_time', 'normalize'),
  unknown_country: reason('unknown_country', 'normalize'),
  no_single_country: reason('no_single_country', 'normalize'),
  unknown_network: reason('unknown_network', 'normalize'),
  missing_report: reason('missing_report', 'normalize'),
  world_total: reason('world_total', 'normalize'),
  too_fine: reason('too_fine', 'normalize'),
  duplicate_figure: reason('duplicate_figure', 'normalize'),
  invalid_test: reason('invalid_test', 'normalize'),
  negative_count: reason('negative_count', 'normalize'),
  impossible_value: reason('impossible_value', 'normalize'),
  scorer_error: reason('scorer_error', 'score'),
  duplicate: reason('duplicate', 'rollup'),
  outside_dates: reason('outside_dates', 'rollup', true),
  excluded: reason('excluded', 'rollup', true),
  too_few_tests: reason('too_few_tests', 'rollup'),
  superseded: reason('superseded', 'rollup'),
} as const satisfies Record<string, ReasonSpec>;
export type Reason = keyof typeof REASONS;

/** One thing that could not be used. `detail` is cut to 80 characters before it is written anywhere. */
export interface Problem {
  readonly kind: 'problem';
  readonly reason: Reason;
  readonly detail: string;
}

export function problem(reason: Reason, detail = ''): Problem {
  return { kind: 'problem', reason, detail: detail.slice(0, 80) };
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'problem';
}

/** For the end of a `switch` over a union: reaching it is an internal error. */
export function assertNever(value: never): never {
  throw new Error(
    `Unexpected value ${JSON.stringify(value)}; every member of the union needs a branch.`,
  );
}

/** Reasons that the user of the build chose. All others are faults of the input. */
export function isAskedFor({ reason }: { readonly reason: Reason }): boolean {
  const spec: ReasonSpec = REASONS[reason];
  return spec.asked === true;
}
