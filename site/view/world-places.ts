/** What is said under every map of its places: how their borders are meant, and which have no shape. */
import { formatPlaceName } from '../i18n/place.ts';
import { translate } from '../i18n/translate.ts';

/** `offMap` are codes that have data and no place on the map. */
export function placeNotes(offMap: readonly string[], language: string): readonly string[] {
  const note = translate('world.note.places', {}, language);
  if (offMap.length === 0) return [note];
  const names = offMap.map((code) => formatPlaceName(code, language));
  const places = new Intl.ListFormat(language).format(names);
  return [note, translate('world.note.off_map', { places }, language)];
}
