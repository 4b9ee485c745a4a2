/** `dictionary.json`: every column, table, word and rule, from the contract. */
import { COLUMNS } from '../contract/columns.ts';
import { CONTRACT_VERSION } from '../contract/manifest.ts';
import { REASONS } from '../contract/problem.ts';
import { RULES, RULES_VERSION } from '../contract/rules.ts';
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

export function isTableName(name: string): name is TableName {
  return name in TABLES;
}

/** Table names in the order of the contract. */
export function tableNames(): readonly TableName[] {
  return Object.keys(TABLES).filter(isTableName);
}

/** The dictionary as a JSON value: all tables of the contract, also those this build does not fill. */
export function toDictionary(): unknown {
  const tables = tableNames().map((name) => {
    const { about, grain, sort, partition, licence } = TABLES[name];
    return [name, { about, grain, sort, partition, licence, columns: tableColumns(name) }] as const;
  });
  return {
    contract_version: CONTRACT_VERSION,
    rules_version: RULES_VERSION,
    tables: Object.fromEntries(tables),
    columns: COLUMNS,
    values: {
      outcome: OUTCOMES,
      blocking_method: BLOCKING_METHODS,
      counts_from: COUNT_ORIGINS,
      category_code: CATEGORY_CODES,
      failure_class: FAILURE_CLASSES,
      software_family: SOFTWARE_FAMILIES,
      test_name: TESTS,
      test_group: TEST_GROUPS,
    },
    rules: RULES,
    reasons: REASONS,
  };
}
