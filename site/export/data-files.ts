/** Files of the data folder that machines begin with, and what stands in each. */
import type { MessageKey } from '../i18n/translate.ts';

export const MACHINE_FILES = [
  ['manifest.json', 'data.machine.manifest'],
  ['dictionary.json', 'data.machine.dictionary'],
  ['datapackage.json', 'data.machine.datapackage'],
  ['catalog.jsonld', 'data.machine.catalog'],
  ['slices.json', 'data.machine.slices'],
  ['hints.json', 'data.machine.hints'],
  ['SHA256SUMS', 'data.machine.sums'],
  ['rejects.json', 'data.machine.rejects'],
] as const satisfies readonly (readonly [string, MessageKey])[];

/** Examples of addresses of slices. */
export const SLICE_ADDRESSES = [
  ['data/world/all/<table>.csv', 'data.slices.world'],
  ['data/country/KE/<table>.csv', 'data.slices.country'],
  ['data/network/AS337xx/<table>.csv', 'data.slices.network'],
  ['data/domain/example.org/<table>.csv', 'data.slices.domain'],
] as const satisfies readonly (readonly [string, MessageKey])[];
