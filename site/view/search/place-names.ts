/** What people type for a country or territory beside its names in the reader’s languages: other names, and parts. */
import { OTHER_PLACE_NAMES } from '../../../data-build/contract/place-names.ts';

/** They lead somewhere and say nothing about whose a place is. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  AE: ['Dubai', 'Abu Dhabi'],
  GB: ['England', 'Scotland', 'Wales', 'Northern Ireland'],
  KR: ['Korea'],
  PS: ['Gaza', 'West Bank'],
  TZ: ['Tanganyika', 'Zanzibar'],
};

export const TYPED_NAMES: Readonly<Record<string, readonly string[]>> = {
  ...OTHER_PLACE_NAMES,
  ...Object.fromEntries(
    Object.entries(PARTS).map(([code, parts]) => [
      code,
      [...(OTHER_PLACE_NAMES[code] ?? []), ...parts],
    ]),
  ),
};
