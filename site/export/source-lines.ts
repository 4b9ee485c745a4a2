/** One line per publisher in a chart: source, licence, days, release; attribution; how the numbers came about. */
import type { Day } from '../../data-build/contract/brands.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { LICENCES, PUBLISHERS, type PublisherId } from '../../data-build/contract/publishers.ts';
import { attributionOf } from '../../data-build/contract/publisher-words.ts';
import { translate } from '../i18n/translate.ts';
import { formatDayRange } from '../view/format.ts';
import { methodOf, type ExportedSource } from './exported-figure.ts';

/** `since` inclusive, `until` exclusive. */
export interface SourceDays {
  readonly source: PublisherId;
  readonly since: Day;
  readonly until: Day;
}

/** By what names a release calls its publishers. */
export interface NamedRelease extends Pick<Manifest, 'data_version'> {
  readonly sources: readonly Pick<Manifest['sources'][number], 'id' | 'name'>[];
}

export function toSourceLines(
  parts: readonly SourceDays[],
  { sources, data_version: version }: NamedRelease,
): readonly ExportedSource[] {
  return parts.map(({ source, since, until }) => {
    const found = sources.find(({ id }) => id === source);
    const licence = LICENCES[PUBLISHERS[source].licence];
    const range = formatDayRange(since, until);
    const words = { source: found?.name ?? PUBLISHERS[source].name, licence: licence.name };
    return {
      name: words.source,
      text: translate('figure.source', { ...words, range, version }),
      credit: translate('figure.credit', {
        ...words,
        range: formatDayRange(since, until, 'short'),
      }),
      attribution: attributionOf(source),
      licence: licence.name,
      licenceUrl: licence.url,
      method: methodOf(source),
    };
  });
}
