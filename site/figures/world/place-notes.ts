/** What is said under every map of its places: how their borders are meant, and which have no shape. */
import { formatPlaceName } from '../../../data-build/words/place.ts';
import { translate } from '../../i18n/translate.ts';
import { formatList } from '../../view/format.ts';

/** `offMap` are codes that have data and no place on the map. */
export function placeNotes(offMap: readonly string[]): readonly string[] {
  const note = translate('world.note.places');
  if (offMap.length === 0) return [note];
  const names = offMap.map((code) => formatPlaceName(code));
  const places = formatList(names);
  return [note, translate('world.note.off_map', { places })];
}
