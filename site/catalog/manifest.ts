/** Reads `manifest.json` from what a file or a server gave, believing nothing until it is checked. */
import { isFields } from '../../data-build/contract/fields.ts';
import { toDay, toSha256, type Day, type Sha256 } from '../../data-build/contract/brands.ts';
import { CONTRACT_VERSION, type Manifest } from '../../data-build/contract/manifest.ts';
import { REASONS, STAGES, type Reason, type Stage } from '../../data-build/contract/problem.ts';
import {
  LICENCES,
  SOURCES,
  type LicenceSlug,
  type SourceId,
} from '../../data-build/contract/sources.ts';
import { TABLES, type TableName } from '../../data-build/contract/tables.ts';

/** Why a manifest cannot be used: what is wrong, and what to do about it. */
export interface ManifestFault {
  readonly kind: 'fault';
  readonly what: string;
  readonly todo: string;
}

export function isManifestFault(value: Manifest | ManifestFault): value is ManifestFault {
  return 'kind' in value;
}

const REBUILD =
  'Make the data again with `npm run data`, and check it with `npm run verify -- public/data`.';
const EMPTY_SHA = '0'.repeat(64);

/** Parsed JSON → manifest, or the first fault met with its place. Unknown fields are ignored. */
export function parseManifest(json: unknown): Manifest | ManifestFault {
  const faults: string[] = [];
  const root = toFields(json, 'manifest', faults);
  const version = root.text('contract_version');
  if (faults.length === 0 && majorOf(version) !== majorOf(CONTRACT_VERSION)) {
    return {
      kind: 'fault',
      what: `The data follow contract ${version}; these pages read contract ${CONTRACT_VERSION}.`,
      todo: REBUILD,
    };
  }
  const manifest: Manifest = {
    contract_version: version,
    data_version: root.text('data_version'),
    synthetic: root.flag('synthetic'),
    edition: root.oneOf('edition', isEdition, 'all'),
    rules_version: root.text('rules_version'),
    since: root.dayOrNull('since'),
    until: root.dayOrNull('until'),
    sources: root.list('sources', (source) => ({
      id: source.oneOf('id', isSourceId, 'ooni'),
      name: source.text('name'),
      licence: source.text('licence'),
      licence_url: source.text('licence_url'),
      attribution: source.text('attribution'),
      citation: source.text('citation'),
      url: source.text('url'),
      dumps: source.list('dumps', (dump) => ({
        path: dump.text('path'),
        sha256: dump.sha256('sha256'),
        rows_in: dump.count('rows_in'),
      })),
      since: source.dayOrNull('since'),
      until: source.dayOrNull('until'),
      rows_in: source.count('rows_in'),
      rows_out: source.count('rows_out'),
      rejects: source.list('rejects', (reject) => ({
        stage: reject.oneOf('stage', isStage, 'sources'),
        reason: reject.oneOf('reason', isReason, 'unreadable_file'),
        count: reject.count('count'),
      })),
    })),
    cells: root.object('cells', (cells) => ({
      measurements: cells.count('measurements'),
      aggregation: cells.count('aggregation'),
      reconciled: cells.count('reconciled'),
      superseded: cells.count('superseded'),
    })),
    files: root.list('files', (file) => ({
      path: file.path('path'),
      table: file.oneOf('table', isTableName, 'measurements'),
      partition: file.texts('partition'),
      rows: file.count('rows'),
      bytes: file.count('bytes'),
      sha256: file.sha256('sha256'),
      since: file.dayOrNull('since'),
      until: file.dayOrNull('until'),
      licence: file.oneOf('licence', isLicenceSlug, 'cc-by-nc-sa'),
    })),
  };
  const [fault] = faults;
  return fault === undefined ? manifest : { kind: 'fault', what: fault, todo: REBUILD };
}

interface Fields {
  text(key: string): string;
  /** A path that stays inside the data folder. */
  path(key: string): string;
  flag(key: string): boolean;
  count(key: string): number;
  sha256(key: string): Sha256;
  dayOrNull(key: string): Day | null;
  oneOf<T extends string>(key: string, is: (text: string) => text is T, other: T): T;
  texts(key: string): Readonly<Record<string, string>>;
  list<T>(key: string, read: (item: Fields) => T): readonly T[];
  object<T>(key: string, read: (fields: Fields) => T): T;
}

/** Typed access that notes what it misses and goes on with a neutral value. */
function toFields(value: unknown, place: string, faults: string[]): Fields {
  const record: Readonly<Record<string, unknown>> = isFields(value) ? value : {};
  if (!isFields(value)) faults.push(`${place} is not an object.`);
  const miss = <T>(key: string, wanted: string, neutral: T): T => {
    faults.push(`${place}.${key} is not ${wanted}.`);
    return neutral;
  };
  const text = (key: string): string => {
    const found = record[key];
    return typeof found === 'string' ? found : miss(key, 'text', '');
  };
  const zero = toSha256(EMPTY_SHA);
  return {
    text,
    path: (key) => {
      const found = text(key);
      const inside = !/^[/\\]|^[a-z]+:|(^|[/\\])\.\.([/\\]|$)/i.test(found);
      return inside ? found : miss(key, 'a path inside the data folder', '');
    },
    flag: (key) => {
      const found = record[key];
      return typeof found === 'boolean' ? found : miss(key, 'true or false', false);
    },
    count: (key) => {
      const found = record[key];
      return typeof found === 'number' && Number.isSafeInteger(found) && found >= 0
        ? found
        : miss(key, 'a count', 0);
    },
    sha256: (key) => {
      const found = toSha256(text(key));
      if (found !== null) return found;
      if (zero === null) throw new Error('Sixty-four zeros are a SHA-256 in form.');
      return miss(key, 'a SHA-256', zero);
    },
    dayOrNull: (key) => {
      const found = record[key];
      if (found === null) return null;
      const day = typeof found === 'string' ? toDay(found) : null;
      return day ?? miss(key, 'a day (YYYY-MM-DD) or null', null);
    },
    oneOf: (key, is, other) => {
      const found = record[key];
      return typeof found === 'string' && is(found)
        ? found
        : miss(key, `a known value (${String(found).slice(0, 40)})`, other);
    },
    texts: (key) => {
      const found = record[key];
      if (!isFields(found)) return miss(key, 'an object', {});
      const inner = toFields(found, `${place}.${key}`, faults);
      return Object.fromEntries(Object.keys(found).map((name) => [name, inner.text(name)]));
    },
    list: (key, read) => {
      const found = record[key];
      if (!Array.isArray(found)) return miss(key, 'a list', []);
      return found.map((item: unknown, index) =>
        read(toFields(item, `${place}.${key}[${index}]`, faults)),
      );
    },
    object: (key, read) => read(toFields(record[key], `${place}.${key}`, faults)),
  };
}

function majorOf(version: string): string {
  return version.split('.')[0] ?? '';
}
function isEdition(text: string): text is Manifest['edition'] {
  return text === 'all' || text === 'cc0';
}
function isSourceId(text: string): text is SourceId {
  return Object.hasOwn(SOURCES, text);
}
function isStage(text: string): text is Stage {
  return STAGES.some((stage) => stage === text);
}
function isReason(text: string): text is Reason {
  return Object.hasOwn(REASONS, text);
}
function isTableName(text: string): text is TableName {
  return Object.hasOwn(TABLES, text);
}
function isLicenceSlug(text: string): text is LicenceSlug {
  return Object.hasOwn(LICENCES, text);
}
