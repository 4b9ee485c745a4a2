/** schema.org `Dataset` of a page, as a JSON-LD value. Source: schema.org/Dataset and the guide of dataset search. */
import type { Licence } from '../../data-build/contract/publishers.ts';
import { contributors } from '../../data-build/contract/publisher-words.ts';
import { ATLAS } from './citation.ts';

export interface DatasetFile {
  /** Absolute where the site knows its address, else from the root of the host. */
  readonly url: string;
  readonly name: string;
  readonly encodingFormat: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly licenceUrl: string;
}

export interface DatasetSpec {
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly version: string;
  readonly licences: readonly Licence[];
  /** First day covered; `until` exclusive. */
  readonly since: string;
  /** Last day covered, inclusive. */
  readonly last: string;
  /** Name of the place and its two letters; null: the world. */
  readonly place: { readonly name: string; readonly code: string } | null;
  readonly variables: readonly {
    readonly name: string;
    readonly description: string;
    readonly unit: string | null;
  }[];
  readonly techniques: readonly string[];
  readonly basedOn: readonly { readonly name: string; readonly url: string }[];
  readonly citations: readonly string[];
  readonly files: readonly DatasetFile[];
}

export const MEDIA_TYPES = {
  csv: 'text/csv',
  json: 'application/json',
  parquet: 'application/vnd.apache.parquet',
} as const;

export function toDataset(spec: DatasetSpec): Readonly<Record<string, unknown>> {
  const { place, licences, files } = spec;
  const creator = { '@type': 'Organization', name: contributors() };
  return {
    '@context': 'https://schema.org/',
    '@type': 'Dataset',
    name: spec.name,
    description: spec.description,
    url: spec.url,
    identifier: `interference-atlas:${spec.version}`,
    version: spec.version,
    license: licences.map(({ url }) => url),
    isAccessibleForFree: true,
    creator,
    publisher: { '@type': 'Organization', name: ATLAS },
    keywords: ['internet censorship', 'network interference', 'throttling', 'open data'],
    temporalCoverage: `${spec.since}/${spec.last}`,
    spatialCoverage:
      place === null
        ? { '@type': 'Place', name: 'World' }
        : { '@type': 'Place', name: place.name, identifier: place.code },
    variableMeasured: spec.variables.map(({ name, description, unit }) => ({
      '@type': 'PropertyValue',
      name,
      description,
      ...(unit === null ? {} : { unitText: unit }),
    })),
    measurementTechnique: spec.techniques,
    isBasedOn: spec.basedOn.map(({ name, url }) => ({ '@type': 'Dataset', name, url })),
    citation: spec.citations,
    distribution: files.map(({ url, name, encodingFormat, bytes, sha256, licenceUrl }) => ({
      '@type': 'DataDownload',
      name,
      contentUrl: url,
      encodingFormat,
      contentSize: `${bytes} B`,
      sha256,
      license: licenceUrl,
    })),
  };
}

/** JSON for inside a `<script>`: nothing in it can end the element or begin a comment. */
export function writeJsonLd(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
}
