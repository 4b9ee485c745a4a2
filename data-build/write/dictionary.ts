/** `dictionary.json`: every column, table, word, rule and floor, from the contract. */
import { COLUMN_NAMES, COLUMNS } from '../contract/columns.ts';
import { CONTRACT_VERSION, type Manifest } from '../contract/manifest.ts';
import {
  AGREEMENTS,
  DETECTORS,
  EVENT_KINDS,
  isAgreementOfTests,
  isKindOfTests,
} from '../contract/events.ts';
import {
  FLOORS,
  INPUT_FLOOR,
  NETWORK_NAME_FLOOR,
  TEST_NAME_FLOOR,
  THROUGHPUT_CELL_FLOOR,
} from '../contract/floors.ts';
import { REASONS } from '../contract/problem.ts';
import { LICENCES, PUBLISHERS } from '../contract/publishers.ts';
import { RECORD_KINDS, RECORD_SCOPES } from '../contract/records.ts';
import { RULES, RULES_VERSION } from '../contract/rules.ts';
import { TABLE_NAMES } from '../contract/table-names.ts';
import { describeColumn, describeTable } from '../contract/table-words.ts';
import { tableColumns, TABLES, type TableName } from '../contract/tables.ts';
import { METRICS, TOOLS } from '../contract/tools.ts';
import {
  BLOCKING_METHODS,
  CATEGORY_CODES,
  COUNT_ORIGINS,
  FAILURE_CLASSES,
  OUTCOMES,
  SOFTWARE_FAMILIES,
  TEST_GROUPS,
  TESTS,
} from '../contract/vocabulary.ts';

const TEST_VALUES = {
  outcome: OUTCOMES,
  blocking_method: BLOCKING_METHODS,
  counts_from: COUNT_ORIGINS,
  category_code: CATEGORY_CODES,
  failure_class: FAILURE_CLASSES,
  software_family: SOFTWARE_FAMILIES,
  test_name: TESTS,
  test_group: TEST_GROUPS,
};

type Edition = Manifest['edition'];

/** Those of the entries that an edition can hold. */
function keep<Value>(
  words: Readonly<Record<string, Value>>,
  edition: Edition,
  isFree: (key: string, value: Value) => boolean,
): Readonly<Record<string, Value>> {
  const entries = Object.entries(words);
  return Object.fromEntries(
    edition === 'all' ? entries : entries.filter(([key, value]) => isFree(key, value)),
  );
}

/** Words of columns that stand in every edition. A CC0 edition names nothing of tests, and nobody whose data it cannot hold. */
function valuesOf(edition: Edition): unknown {
  const detectors = DETECTORS.map(
    ({ id, kinds, about, source }) => [id, { kinds, about, source }] as const,
  );
  const sources = Object.entries(PUBLISHERS).map(
    ([id, { name, publisher, url, licence }]) => [id, { name, publisher, url, licence }] as const,
  );
  return {
    ...(edition === 'all' ? TEST_VALUES : {}),
    kind: keep(EVENT_KINDS, edition, (kind) => !isKindOfTests(kind)),
    agreement: keep(AGREEMENTS, edition, (level) => !isAgreementOfTests(level)),
    detector_id: keep(
      Object.fromEntries(detectors),
      edition,
      (_, { kinds }) => !kinds.some(isKindOfTests),
    ),
    tool: TOOLS,
    metric: METRICS,
    record_kind: RECORD_KINDS,
    record_scope: RECORD_SCOPES,
    source: keep(Object.fromEntries(sources), edition, (_, { licence }) => licence === 'cc0'),
    licence: keep(LICENCES, edition, (licence) => licence === 'cc0'),
  };
}

/** Below these numbers a rate is not shown, or a text or cell not published. */
function floorsOf(edition: Edition): unknown {
  const { heatmapCell, countsOnly, ...floors } = FLOORS;
  return {
    ...(edition === 'all'
      ? {
          ...floors,
          heatmap_cell: heatmapCell,
          counts_only: countsOnly,
          input: INPUT_FLOOR,
          test_name: TEST_NAME_FLOOR,
          network_name: { reports: NETWORK_NAME_FLOOR },
        }
      : {}),
    throughput_cell: { tests: THROUGHPUT_CELL_FLOOR },
  };
}

/** Whether an edition can hold the table: a CC0 edition has none whose licence is fixed to another one. */
function isInEdition(name: TableName, edition: Edition): boolean {
  const { licence } = TABLES[name];
  return edition === 'all' || licence === 'cc0' || licence === 'row';
}

/**
 * The dictionary as a JSON value: all tables of the contract that the edition can hold, also those this build does
 * not fill. A CC0 edition has no tests and no scoring rules.
 */
export function toDictionary(edition: Edition = 'all'): unknown {
  const names = TABLE_NAMES.filter((name) => isInEdition(name, edition));
  const used: ReadonlySet<string> = new Set(
    names.flatMap((name) => tableColumns(name).map((column) => column.name)),
  );
  const tables = names.map((name) => {
    const { grain, sort, partition, licence } = TABLES[name];
    const columns = tableColumns(name).map((column) => ({
      type: column.type,
      ...describeColumn(column.name, edition),
      name: column.name,
      nullable: column.nullable,
    }));
    const about = describeTable(name);
    return [name, { about, grain, sort, partition, licence, columns }] as const;
  });
  return {
    contract_version: CONTRACT_VERSION,
    rules_version: RULES_VERSION,
    tables: Object.fromEntries(tables),
    columns: Object.fromEntries(
      COLUMN_NAMES.filter((name) => used.has(name)).map((name) => [
        name,
        { type: COLUMNS[name].type, ...describeColumn(name, edition) },
      ]),
    ),
    values: valuesOf(edition),
    floors: floorsOf(edition),
    rules: edition === 'all' ? RULES : [],
    reasons: REASONS,
  };
}
