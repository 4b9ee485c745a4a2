/** The licence of a source, from the registry. */
import {
  LICENCES,
  SOURCES,
  type Licence,
  type SourceId,
} from '../../data-build/contract/sources.ts';

export function licenceOf(source: SourceId): Licence {
  return LICENCES[SOURCES[source].licence];
}
