/** What is said of publishers, in the language of the page or file being made. */
import { pageLanguage } from '../words/language.ts';
import { fillMessage } from '../words/messages.ts';
import { translate } from '../words/translate.ts';
import type { Day } from './brands.ts';
import { PUBLISHERS, type PublisherId } from './publishers.ts';

/** Printed wherever the data appears. */
export function attributionOf(id: PublisherId): string {
  return translate(`publisher.${id}.attribution`);
}

/** How the publisher asks to be cited; `range` are the days used. */
export function citationOf(id: PublisherId, range: string): string {
  return translate(`publisher.${id}.citation`, { range });
}

/** `2024-01-01 to 2024-12-31`, as the manifest writes the days of a source; null: it has none. */
export function formatSourceDays(days: { readonly since: Day; readonly last: Day } | null): string {
  return days === null ? translate('source.no_days') : translate('source.days', { ...days });
}

/** What its data show, in one sentence. */
export function tellsOf(id: PublisherId): string {
  return translate(`publisher.${id}.tells`);
}

/** How its data came about, for catalogues. */
export function techniqueOf(id: PublisherId): string {
  return translate(`publisher.${id}.technique`);
}

/** `Connectivity index`; one that the registry does not know keeps its name. */
export function indicatorLabel(id: PublisherId, indicator: string): string {
  return PUBLISHERS[id].indicators?.[indicator] === undefined
    ? indicator
    : fillMessage(pageLanguage(), `publisher.${id}.indicator.${indicator}`);
}

/** Mark for data made by the sample generator; it replaces no licence, it says the rows are not real. */
export function syntheticNotice(): string {
  return translate('source.synthetic');
}

/** Who cites name as the author. */
export function contributors(): string {
  return translate('release.contributors');
}
