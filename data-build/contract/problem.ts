/** Faults of the input: what is wrong and what to do. Never thrown. */

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

/** Every reason not to use a file, line or row. The key is permanent: it is written to `rejects.json`. */
export const REASONS = {
  unrecognised_file: {
    stage: 'sources',
    what: 'The file is none of the forms the Atlas reads.',
    todo: 'Check the name against docs/sources.md, or take the file out of the dumps folder.',
  },
  unreadable_file: {
    stage: 'sources',
    what: 'The file could not be opened or decompressed.',
    todo: 'Fetch it again; compare its size and checksum with the publisher’s.',
  },
  truncated_file: {
    stage: 'sources',
    what: 'The file ends in the middle of its compressed data; its whole lines were kept.',
    todo: 'Fetch it again: the download was probably cut.',
  },
  no_scope: {
    stage: 'sources',
    what: 'The counts do not say which country or which test they are about.',
    todo: 'Put a sidecar beside it, named like the file plus .meta.json: {"probe_cc": "IQ", "test_name": "telegram"}.',
  },
  unusable_axes: {
    stage: 'sources',
    what: 'The counts are broken down in a way that gives no daily totals by country or territory and test.',
    todo: 'Ask the API again with time_grain=day and axes out of measurement_start_day, probe_cc, probe_asn and test_name. If it is by day, say so in a sidecar: {"time_grain": "day"}.',
  },
  unknown_licence: {
    stage: 'sources',
    what: 'The source or its licence is not in the registry.',
    todo: 'Enter the source with its licence in data-build/contract/sources.ts, or leave the file out.',
  },
  refused_column: {
    stage: 'sources',
    what: 'The file has a column that could hold personal data.',
    todo: 'Ask the publisher for an export without that column.',
  },
  checksum_mismatch: {
    stage: 'sources',
    what: 'The file does not have the checksum its manifest promises.',
    todo: 'Fetch it again.',
  },
  empty_line: {
    stage: 'parse',
    what: 'The line is empty or `{}`: the publisher’s mark for a submission that could not be read.',
    todo: 'Nothing: the publisher keeps the place so that line numbers stay aligned.',
  },
  invalid_json: {
    stage: 'parse',
    what: 'The line is not valid JSON.',
    todo: 'Compare it with the publisher’s copy; a cut download is the usual cause.',
  },
  invalid_utf8: {
    stage: 'parse',
    what: 'The line holds bytes that are not UTF-8.',
    todo: 'Fetch the file again; if the publisher’s copy has them too, the line cannot be used.',
  },
  line_too_long: {
    stage: 'parse',
    what: 'The line is longer than the reader accepts (64 MiB).',
    todo: 'Check whether the file is what its name says.',
  },
  not_an_object: {
    stage: 'parse',
    what: 'The line is JSON, but not an object.',
    todo: 'Check whether the file is what its name says.',
  },
  invalid_csv: {
    stage: 'parse',
    what: 'The row cannot be read as CSV, or has a value of the wrong kind.',
    todo: 'Check the row against the layout in docs/sources.md.',
  },
  missing_test_name: {
    stage: 'normalize',
    what: 'The measurement does not say which test it is.',
    todo: 'Nothing: it cannot be placed.',
  },
  missing_time: {
    stage: 'normalize',
    what: 'The measurement has no usable measurement_start_time.',
    todo: 'Nothing: it cannot be placed on a day.',
  },
  untrusted_time: {
    stage: 'normalize',
    what: 'The probe’s clock was wrong: the measurement claims to lie more than a week after it was received, or before there were any, so its day is not known.',
    todo: 'Nothing: the publisher counts it as failed, the Atlas cannot place it on a day.',
  },
  unknown_country: {
    stage: 'normalize',
    what: 'The probe’s country or territory is hidden, missing or malformed.',
    todo: 'Nothing: the publisher discards it as well.',
  },
  no_single_country: {
    stage: 'normalize',
    what: 'The code stands for no single country or territory (EU, AP, UK, A1 and the like).',
    todo: 'Nothing: it is counted here and has no page.',
  },
  unknown_network: {
    stage: 'normalize',
    what: 'The probe’s network is hidden (AS0), missing or malformed.',
    todo: 'Nothing: the publisher discards it as well.',
  },
  missing_report: {
    stage: 'normalize',
    what: 'The measurement has no report_id: it was never submitted, and the publisher ignores it.',
    todo: 'Nothing.',
  },
  world_total: {
    stage: 'normalize',
    what: 'The row is a total of all countries and territories, which are counted one by one.',
    todo: 'Nothing: it would be counted twice.',
  },
  too_fine: {
    stage: 'normalize',
    what: 'The row is about a place smaller than a country or territory.',
    todo: 'Nothing: nothing that fine is published.',
  },
  duplicate_figure: {
    stage: 'normalize',
    what: 'The file has two figures for the same day, place, tool and metric.',
    todo: 'Ask the publisher which one holds; the first was kept.',
  },
  invalid_test: {
    stage: 'normalize',
    what: 'The speed test is incomplete, too short, too long, too small, or from a test host.',
    todo: 'Nothing: the publisher leaves it out of its statistics as well.',
  },
  negative_count: {
    stage: 'normalize',
    what: 'A count is negative, not a whole number, or larger than any day can have.',
    todo: 'Check the file against the publisher’s.',
  },
  scorer_error: {
    stage: 'score',
    what: 'A rule met something it could not handle.',
    todo: 'Report it with the line: this is a fault of the Atlas.',
  },
  duplicate: {
    stage: 'rollup',
    what: 'The same measurement was given more than once.',
    todo: 'Nothing: it was counted once.',
  },
  outside_dates: {
    stage: 'rollup',
    what: 'The day is outside --since and --until.',
    todo: 'Nothing, or widen the dates.',
    asked: true,
  },
  too_few_tests: {
    stage: 'rollup',
    what: 'Fewer than 10 single speed tests on that day in that country or territory.',
    todo: 'Nothing: so few could point at a person.',
  },
  superseded: {
    stage: 'rollup',
    what: 'Counts and measurements cover the same cell; the larger set was used.',
    todo: 'Nothing.',
  },
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
