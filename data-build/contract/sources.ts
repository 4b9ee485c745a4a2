/**
 * The registry of publishers and licences. A source that is not here is refused; every surface takes its
 * attribution from here. Rows under different licences never share a file.
 */

export interface Licence {
  /** SPDX identifier, or `LicenseRef-…`. */
  readonly spdx: string;
  /** Short name for paths and flags: `licence=<slug>/`. */
  readonly slug: string;
  readonly name: string;
  readonly url: string;
  /** One sentence: what a reader may do. */
  readonly use: string;
}

export const LICENCES = {
  cc0: {
    spdx: 'CC0-1.0',
    slug: 'cc0',
    name: 'CC0 1.0',
    url: 'https://creativecommons.org/publicdomain/zero/1.0/',
    use: 'Free for any use; citing the source is asked for, not required.',
  },
  'cc-by-nc-sa': {
    spdx: 'CC-BY-NC-SA-4.0',
    slug: 'cc-by-nc-sa',
    name: 'CC BY-NC-SA 4.0',
    url: 'https://creativecommons.org/licenses/by-nc-sa/4.0/',
    use: 'Non-commercial use with attribution; adapted material is shared under the same licence.',
  },
  'cc-by': {
    spdx: 'CC-BY-4.0',
    slug: 'cc-by',
    name: 'CC BY 4.0',
    url: 'https://creativecommons.org/licenses/by/4.0/',
    use: 'Any use with attribution.',
  },
  'psiphon-permission': {
    spdx: 'LicenseRef-psiphon-permission',
    slug: 'psiphon-permission',
    name: 'Psiphon, by permission',
    url: 'https://psiphon.ca/',
    use: 'Only as far as Psiphon has permitted the operator of this site; ask Psiphon before any other use.',
  },
} as const satisfies Record<string, Licence>;
export type LicenceSlug = keyof typeof LICENCES;

/** From free to strict. What is made of rows under several goes on under the strictest. */
export const LICENCES_BY_STRICTNESS: readonly LicenceSlug[] = [
  'cc0',
  'cc-by',
  'cc-by-nc-sa',
  'psiphon-permission',
];

/** The licence under which what is made of rows under these may go on; null of none. */
export function strictestLicence(slugs: Iterable<LicenceSlug>): LicenceSlug | null {
  const given = new Set(slugs);
  return LICENCES_BY_STRICTNESS.findLast((slug) => given.has(slug)) ?? null;
}

export interface Source {
  readonly name: string;
  readonly publisher: string;
  readonly url: string;
  readonly licence: LicenceSlug;
  /** Printed wherever the data appears. */
  readonly attribution: string;
  /** How the publisher asks to be cited; `{range}` stands for the dates used. */
  readonly citation: string;
  /** What its data can tell, in one sentence. */
  readonly tells: string;
}

export const SOURCES = {
  ooni: {
    name: 'OONI',
    publisher: 'Open Observatory of Network Interference',
    url: 'https://ooni.org/',
    licence: 'cc-by-nc-sa',
    attribution:
      'Contains data from OONI (https://ooni.org/), © OONI, licensed under CC BY-NC-SA 4.0. Changed: filtered, scored, aggregated and converted by Interference Atlas. OONI does not endorse this use.',
    citation:
      'Open Observatory of Network Interference (OONI), measurements of {range}. https://ooni.org/data/',
    tells: 'Which websites, apps and tools are interfered with, how, in which network, and when.',
  },
  mlab: {
    name: 'M-Lab',
    publisher: 'Measurement Lab',
    url: 'https://www.measurementlab.net/',
    licence: 'cc0',
    attribution: 'M-Lab NDT data (https://measurementlab.net/tests/ndt), CC0 1.0.',
    citation: 'The M-Lab NDT Data Set, {range}. https://measurementlab.net/tests/ndt',
    tells: 'Throughput, latency and loss by country and network: slowdowns and gaps.',
  },
  'tor-metrics': {
    name: 'Tor Metrics',
    publisher: 'The Tor Project',
    url: 'https://metrics.torproject.org/',
    licence: 'cc0',
    attribution: 'Tor Metrics user estimates (https://metrics.torproject.org/), CC0 1.0.',
    citation: 'The Tor Project, Tor Metrics, {range}. https://metrics.torproject.org/',
    tells: 'Estimated clients of Tor by country and day: people going around something.',
  },
  psiphon: {
    name: 'Psiphon',
    publisher: 'Psiphon Inc.',
    url: 'https://psiphon.ca/',
    licence: 'psiphon-permission',
    attribution:
      'Psiphon usage aggregates by date and region (https://psiphon.ca/), by permission.',
    citation: 'Psiphon Inc., usage aggregates of {range}. https://psiphon.ca/',
    tells: 'Use of Psiphon by country and day: people going around something.',
  },
  'test-lists': {
    name: 'Citizen Lab test lists',
    publisher: 'Citizen Lab and others',
    url: 'https://github.com/citizenlab/test-lists',
    licence: 'cc-by-nc-sa',
    attribution: 'Website categories from the Citizen Lab test lists, CC BY-NC-SA 4.0.',
    citation:
      'Citizen Lab and others, URL testing lists intended for discovering website censorship. https://github.com/citizenlab/test-lists',
    tells: 'Which category a website belongs to.',
  },
} as const satisfies Record<string, Source>;
export type SourceId = keyof typeof SOURCES;

export function isSourceId(text: string): text is SourceId {
  return text in SOURCES;
}

/** Mark for data made by the sample generator; it replaces no licence, it says the rows are not real. */
export const SYNTHETIC_NOTICE =
  'Synthetic sample: generated rows in the publishers’ formats. They describe no real network, country or event.';
