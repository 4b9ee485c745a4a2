/** What the world map shows, in a link: `?layer=throughput&since=2023-03-01`. Parsing never throws. */
import type { Day } from '../../data-build/contract/brands.ts';
import { toNotice, type Notice } from './notice.ts';
import { EMPTY_STATE, PARAMETER_NAMES } from './parameters.ts';
import { formatState, parseState } from './state.ts';

export interface WorldState {
  /** Null: the one that the page begins with. */
  readonly layer: string | null;
  /** First day of the period, or a day in it; null: the one that the layer begins with. */
  readonly since: Day | null;
}

/** `layers` are those that the page offers. The release of a permalink is looked at by the page itself. */
export function parseWorldLink(
  search: string,
  layers: readonly string[],
): WorldState & { readonly notices: readonly Notice[] } {
  const { state, notices } = parseState(search);
  const { layer, since } = state;
  const isOffered = layer === null || layers.includes(layer);
  const unused = PARAMETER_NAMES.filter(
    (name) => !['layer', 'since', 'release'].includes(name) && (state[name]?.length ?? 0) > 0,
  );
  return {
    layer: isOffered ? layer : null,
    since,
    notices: [
      ...notices,
      ...unused.map((name) => toNotice('unknown_parameter', name, String(state[name]))),
      ...(isOffered ? [] : [toNotice('unknown_value', 'layer', layer)]),
    ],
  };
}

/** The release that a link names stays in it. */
export function formatWorldLink({ layer, since }: WorldState, search: string): string {
  const { release } = parseState(search).state;
  return formatState({ ...EMPTY_STATE, layer, since, release });
}
