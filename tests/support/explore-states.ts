/** Random states of the chart builder, wise and foolish, for properties. */
import fc from 'fast-check';
import { addDays, toAsn, toCountryCode } from '../../data-build/contract/brands.ts';
import { TIME_GRAINS, type BlockingMethod } from '../../data-build/contract/vocabulary.ts';
import { AXES, COMPARISONS, VIEWS, type ExplorerState } from '../../site/state/parameters.ts';
import { MEASURES } from '../../site/state/measures.ts';
import { day } from './days.ts';

export interface StateWorld {
  readonly countries: readonly string[];
  readonly networks: readonly number[];
  readonly tests: readonly string[];
  readonly domains: readonly string[];
  readonly categories: readonly string[];
  /** A day in the middle of the data; dates are drawn around it. */
  readonly middle: string;
  /** How far dates lie from it, in days. */
  readonly spread: number;
}

export function exploreStates(world: StateWorld): fc.Arbitrary<ExplorerState> {
  const some = <T>(values: readonly T[], most = 3) =>
    fc.oneof(
      { weight: 2, arbitrary: fc.constant<T[]>([]) },
      fc.subarray([...values], { maxLength: Math.min(most, values.length) }),
    );
  const date = fc.option(
    fc.integer({ min: -world.spread, max: world.spread }).map((n) => addDays(day(world.middle), n)),
  );
  return fc
    .record({
      probe_cc: some(world.countries.flatMap((cc) => toCountryCode(cc) ?? [])),
      probe_asn: some(world.networks.flatMap((asn) => toAsn(asn) ?? [])),
      test_name: some(world.tests),
      domain: some(world.domains),
      input: fc.constant<string[]>([]),
      category_code: some(world.categories),
      blocking_method: some<BlockingMethod>(['dns', 'tls', 'app_endpoints']),
      tool: some(['tor-relay', 'tor-bridge']),
      since: date,
      until: date,
      axis_x: fc.option(fc.constantFrom(...AXES)),
      axis_y: fc.option(fc.constantFrom(...AXES)),
      time_grain: fc.option(fc.constantFrom(...TIME_GRAINS)),
      measure: fc.option(fc.constantFrom(...MEASURES)),
      compare: fc.option(fc.constantFrom(...COMPARISONS)),
      view: fc.option(fc.constantFrom(...VIEWS)),
      layer: fc.constant(null),
      release: fc.constant(null),
    })
    .map((state) =>
      state.since !== null && state.until !== null && state.since >= state.until
        ? { ...state, until: addDays(state.since, 7) }
        : state,
    );
}
