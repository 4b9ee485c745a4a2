/** `dictionary.json`: every column, table, word and rule, from the contract. */
import { COLUMN_NAMES, COLUMNS } from '../contract/columns.ts';
import { CONTRACT_VERSION, type Manifest } from '../contract/manifest.ts';
import { REASONS } from '../contract/problem.ts';
import { RULES, RULES_VERSION } from '../contract/rules.ts';
import { TABLE_NAMES } from '../contract/table-names.ts';
import { describeColumn, describeTable } from '../contract/table-words.ts';
import { tableColumns, TABLES, type TableName } from '../contract/tables.ts';
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

/** Whether an edition can hold the table: a CC0 edition has none whose licence is fixed to another one. */
function isInEdition(name: TableName, edition: Manifest['edition']): boolean {
  const { licence } = TABLES[name];
  return edition === 'all' || licence === 'cc0' || licence === 'row';
}

/**
 * The dictionary as a JSON value: all tables of the contract that the edition can hold, also those this build does
 * not fill. A CC0 edition has no tests and no scoring rules.
 */
export function toDictionary(edition: Manifest['edition'] = 'all'): unknown {
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
    values: edition === 'all' ? TEST_VALUES : {},
    rules: edition === 'all' ? RULES : [],
    reasons: REASONS,
  };
}
