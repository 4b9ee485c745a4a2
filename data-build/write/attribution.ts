/** Attribution and licence of a table. */
import { joinSentences } from '../words/sentences.ts';
import { LICENCES, tablePublishers, type LicenceSlug } from '../contract/publishers.ts';
import { attributionOf, syntheticNotice } from '../contract/publisher-words.ts';
import { TABLES, type TableName } from '../contract/tables.ts';

function isLicenceSlug(value: string): value is LicenceSlug {
  return Object.hasOwn(LICENCES, value);
}

/** The licence of a file: fixed by the table, or its `licence` partition. */
export function fileLicence(
  table: TableName,
  partition: Readonly<Record<string, string>>,
): LicenceSlug {
  const licence = TABLES[table].licence;
  if (licence !== 'row') return licence;
  const value = partition['licence'];
  if (value !== undefined && isLicenceSlug(value)) return value;
  throw new Error(
    `Table ${table} has rows under the licence ${String(value)}, which is not known.`,
  );
}

/** The attribution of a table in one line; the synthetic notice comes first where it applies. */
export function tableAttribution(
  table: TableName,
  licence: LicenceSlug,
  synthetic: boolean,
): string {
  return joinSentences([
    synthetic ? syntheticNotice() : null,
    ...tablePublishers(table, licence).map(attributionOf),
  ]);
}

export interface LicenceNote {
  readonly licence: string;
  readonly licence_url: string;
  readonly attribution: string;
}

/** SPDX identifier, address and attribution, as put into every file that leaves the build. */
export function licenceNote(
  table: TableName,
  licence: LicenceSlug,
  synthetic: boolean,
): LicenceNote {
  return {
    licence: LICENCES[licence].spdx,
    licence_url: LICENCES[licence].url,
    attribution: tableAttribution(table, licence, synthetic),
  };
}
