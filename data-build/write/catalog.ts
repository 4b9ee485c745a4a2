/** `catalog.jsonld`: the data folder as a DCAT 3 catalogue, one dataset per table and licence, one distribution per file. */
import { joinSentences } from '../words/sentences.ts';
import type { ManifestFile, Manifest } from '../contract/manifest.ts';
import { sliceStem, type SliceFile } from '../contract/slices.ts';
import { LICENCES, PUBLISHERS, tablePublishers } from '../contract/publishers.ts';
import { attributionOf, contributors, syntheticNotice } from '../contract/publisher-words.ts';
import { describeTable } from '../contract/table-words.ts';
import { tableColumns } from '../contract/tables.ts';
import { pageLanguage } from '../words/language.ts';
import { translate } from '../words/translate.ts';

const CONTEXT = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  prov: 'http://www.w3.org/ns/prov#',
  spdx: 'http://spdx.org/rdf/terms#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

const creator = () => ({
  '@type': 'foaf:Organization',
  'foaf:name': contributors(),
});

const day = (value: string) => ({ '@type': 'xsd:date', '@value': value });
const link = (address: string) => ({ '@id': address });
/** Path → address relative to the catalogue, or whole where the place of the site is known. */
const at = (root: string, path: string) =>
  link(`${root}${path.split('/').map(encodeURIComponent).join('/').replaceAll('%3D', '=')}`);

function toDistribution(root: string, file: ManifestFile) {
  return {
    '@type': 'dcat:Distribution',
    'dct:title': file.path,
    'dcat:downloadURL': at(root, file.path),
    'dcat:mediaType': link(
      'https://www.iana.org/assignments/media-types/application/vnd.apache.parquet',
    ),
    'dcat:byteSize': { '@type': 'xsd:nonNegativeInteger', '@value': String(file.bytes) },
    'spdx:checksum': {
      '@type': 'spdx:Checksum',
      'spdx:algorithm': link('spdx:checksumAlgorithm_sha256'),
      'spdx:checksumValue': { '@type': 'xsd:hexBinary', '@value': file.sha256 },
    },
    'dct:license': link(LICENCES[file.licence].url),
  };
}

function toDataset(root: string, name: string, files: readonly ManifestFile[], version: string) {
  const [first] = files;
  if (first === undefined) return [];
  const { table, licence } = first;
  const since = files.flatMap((file) => file.since ?? []).toSorted()[0];
  const until = files
    .flatMap((file) => file.until ?? [])
    .toSorted()
    .at(-1);
  const sources = tablePublishers(table, licence);
  const addresses = sources.map((id) => link(PUBLISHERS[id].url));
  return [
    {
      '@id': `#${name}`,
      '@type': 'dcat:Dataset',
      'dct:title': name,
      'dct:description': translate('release.table', {
        about: describeTable(table),
        columns: tableColumns(table)
          .map((column) => column.name)
          .join(', '),
      }),
      'dct:identifier': `${name}@${version}`,
      'dcat:version': version,
      'dct:license': link(LICENCES[licence].url),
      'dct:rights': joinSentences(sources.map(attributionOf)),
      'dct:creator': creator(),
      'dct:source': addresses,
      'prov:wasDerivedFrom': addresses,
      ...(since === undefined || until === undefined
        ? {}
        : {
            'dct:temporal': {
              '@type': 'dct:PeriodOfTime',
              'dcat:startDate': day(since),
              'dcat:endDate': day(until),
            },
          }),
      'dcat:distribution': files.map((file) => toDistribution(root, file)),
    },
  ];
}

/** The catalogue as a JSON value. `site` is where the site is mounted, with a slash at its end; null: not known. */
export function toCatalog(
  manifest: Manifest,
  slices: readonly SliceFile[],
  site: string | null,
): unknown {
  const root = site === null ? '' : `${site}data/`;
  const groups = Map.groupBy(manifest.files, (file) => sliceStem(file.table, file.licence));
  const licences = [...new Set(manifest.files.map(({ licence }) => licence))].toSorted();
  return {
    '@context': CONTEXT,
    '@id': `${root}catalog.jsonld`,
    '@type': 'dcat:Catalog',
    'dct:title': 'Interference Atlas',
    'dct:description': joinSentences([
      translate('release.about'),
      manifest.synthetic ? syntheticNotice() : null,
      translate('release.slices', { n: slices.length, count: String(slices.length) }),
    ]),
    'dct:creator': creator(),
    'dct:publisher': creator(),
    'dct:language': pageLanguage(),
    'dcat:version': manifest.data_version,
    'dct:license': licences.map((slug) => link(LICENCES[slug].url)),
    ...(site === null ? {} : { 'foaf:homepage': link(site) }),
    'dcat:dataset': [...groups].flatMap(([name, files]) =>
      toDataset(root, name, files, manifest.data_version),
    ),
  };
}
