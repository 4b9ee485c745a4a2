/** `datapackage.json` (Data Package 2.0): one resource per table and licence, its files and its schema. */
import { joinSentences } from '../words/sentences.ts';
import type { ColumnType } from '../contract/columns.ts';
import type { Manifest, ManifestFile } from '../contract/manifest.ts';
import { LICENCES, PUBLISHERS, tablePublishers, type LicenceSlug } from '../contract/publishers.ts';
import { contributors, syntheticNotice } from '../contract/publisher-words.ts';
import { describeColumn, describeTable } from '../contract/table-words.ts';
import { translate } from '../words/translate.ts';
import { tableColumns, TABLES, type TableName } from '../contract/tables.ts';

const PROFILE = 'https://datapackage.org/profiles/2.0/';

/** Field types of Table Schema 2.0 for the contract's column types. */
const FIELD_TYPES = {
  VARCHAR: 'string',
  DATE: 'date',
  TIMESTAMP: 'datetime',
  UINTEGER: 'integer',
  DOUBLE: 'number',
  BOOLEAN: 'boolean',
} as const satisfies Record<ColumnType, string>;

function toLicence(slug: LicenceSlug) {
  const { spdx, name, url } = LICENCES[slug];
  return { name: spdx, title: name, path: url };
}

function toSchema(table: TableName) {
  return {
    $schema: `${PROFILE}tableschema.json`,
    fields: tableColumns(table).map(({ name, type, nullable }) => {
      const { unit, about } = describeColumn(name);
      return {
        name,
        type: FIELD_TYPES[type],
        description: joinSentences([
          about,
          unit === null ? null : translate('datapackage.unit', { unit }),
        ]),
        constraints: { required: !nullable },
      };
    }),
  };
}

function toResource(table: TableName, licence: LicenceSlug, files: readonly ManifestFile[]) {
  const [first] = files;
  const single = files.length === 1 && first !== undefined;
  return {
    name: TABLES[table].licence === 'row' ? `${table}-${licence}` : table,
    type: 'table',
    title: table,
    description: describeTable(table),
    path: single ? first.path : files.map((file) => file.path),
    format: 'parquet',
    mediatype: 'application/vnd.apache.parquet',
    ...(single ? { bytes: first.bytes, hash: `sha256:${first.sha256}` } : {}),
    licenses: [toLicence(licence)],
    sources: tablePublishers(table, licence).map((id) => ({
      title: PUBLISHERS[id].name,
      path: PUBLISHERS[id].url,
    })),
    schema: toSchema(table),
  };
}

/** The package as a JSON value. `manifest.json` has bytes and hashes of tables with several files. `site`: its address. */
export function toDatapackage(manifest: Manifest, site: string | null = null): unknown {
  const groups = new Map<string, ManifestFile[]>();
  for (const file of manifest.files) {
    const key = `${file.table} ${file.licence}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  const licences = [...new Set(manifest.files.map((file) => file.licence))].toSorted();
  return {
    $schema: `${PROFILE}datapackage.json`,
    name: 'interference-atlas',
    title: 'Interference Atlas',
    description: joinSentences([
      translate('release.about'),
      manifest.synthetic ? syntheticNotice() : null,
    ]),
    version: manifest.data_version,
    ...(site === null ? {} : { homepage: site }),
    keywords: [
      translate('release.keyword.censorship'),
      translate('release.keyword.measurement'),
      translate('release.keyword.open_data'),
    ],
    contributors: [{ title: contributors(), role: 'author' }],
    licenses: licences.map(toLicence),
    sources: manifest.sources.map(({ name, url }) => ({ title: name, path: url })),
    resources: [...groups.values()].flatMap((files) => {
      const [first] = files;
      return first === undefined ? [] : [toResource(first.table, first.licence, files)];
    }),
  };
}
