/** The licence of a source, from the registry. */
import type { Day } from '../../data-build/contract/brands.ts';
import {
  LICENCES,
  SOURCES,
  type Licence,
  type SourceId,
} from '../../data-build/contract/sources.ts';

/** A publisher whose data is in a figure, and the days used: `since` inclusive, `until` exclusive. */
export interface FigureSource {
  readonly source: SourceId;
  readonly since: Day;
  readonly until: Day;
}

export function licenceOf(source: SourceId): Licence {
  return LICENCES[SOURCES[source].licence];
}
