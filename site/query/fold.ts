/** Answers questions about tables without an engine: the other half of the definition in `count.ts`. */
import { assertNever } from '../../data-build/contract/problem.ts';
import {
  knownOf,
  measuredOf,
  METHOD_COLUMNS,
  testsOf,
  type CountQuestion,
  type PlainQuestion,
} from './count.ts';
import {
  countGroups,
  rowsThat,
  type At,
  type ReadTable,
  type Row,
  type TableRows,
  type Value,
} from './fold-groups.ts';
import type { ListedColumn, ListQuestion } from './list.ts';

/** The rows that the answer has in an engine, in the same order. */
export function answerPlainly(question: PlainQuestion, read: ReadTable): readonly Row[] {
  return question.kind === 'count' ? answerCount(question, read) : answerList(question, read);
}

function answerCount(question: CountQuestion, read: ReadTable): readonly Row[] {
  return finishCount(question, read).slice(0, question.most);
}

function finishCount(question: CountQuestion, read: ReadTable): readonly Row[] {
  const { counted, seen, finish } = question;
  const groups = countGroups(counted, read);
  const keys = counted.by.map(({ name }) => ({ name }));
  switch (finish) {
    case 'keys': {
      if (seen === null) return inOrder([...groups.values()], keys);
      const networks = countGroups(seen, read);
      const measured = (row: Row): number =>
        measuredOf(question).reduce((sum, name) => sum + Number(row[name]), 0);
      const rows = [...groups].map(([id, row]) => {
        const found = networks.get(id);
        const known = found?.['measured'] === measured(row) ? found : undefined;
        return {
          ...row,
          ...Object.fromEntries(knownOf(seen).map((name) => [name, known?.[name] ?? null])),
        };
      });
      return inOrder(rows, keys);
    }
    case 'tests': {
      const tests = testsOf(counted);
      return inOrder(
        [...groups.values()].filter((row) => Number(row[tests]) > 0),
        keys,
      );
    }
    case 'named':
      return inOrder(withNames([...groups.values()], 'name', read), [
        { name: 'measurement_count', descending: true },
        { name: 'probe_asn' },
      ]);
    case 'methods': {
      const rows = [...groups.values()].flatMap((row) =>
        METHOD_COLUMNS.filter(({ column }) => Number(row[column]) > 0).map(
          ({ method, column }) => ({
            ...Object.fromEntries(keys.map(({ name }) => [name, row[name] ?? null])),
            blocking_method: method,
            count: row[column] ?? null,
          }),
        ),
      );
      return inOrder(rows, [...keys, { name: 'blocking_method' }]);
    }
    default:
      return assertNever(finish);
  }
}

/** Rows with the name of their network; where there are several, the first in order. */
function withNames(rows: readonly Row[], as: string, read: ReadTable): readonly Row[] {
  const table = read('networks');
  const [asns, names] = [table.column('probe_asn'), table.column('name')];
  const found = new Map<Value, string>();
  for (let row = 0; row < table.length; row += 1) {
    const [asn = null, name = null] = [asns[row], names[row]];
    const before = found.get(asn);
    if (typeof name === 'string' && (before === undefined || name < before)) found.set(asn, name);
  }
  return rows.map((row) => {
    const asn = row['probe_asn'] ?? null;
    return { ...row, [as]: asn === null ? null : (found.get(asn) ?? null) };
  });
}

function toListed({ name, as, from = name }: ListedColumn, table: TableRows): At<Value> {
  if (as === 'constant') return () => from;
  if (as === 'nothing') return () => null;
  const column = table.column(from);
  if (as !== 'month') return (row) => column[row] ?? null;
  return (row) => {
    const month = column[row] ?? null;
    return month === null ? null : `${String(month)}-01`;
  };
}

function answerList({ from, order, named }: ListQuestion, read: ReadTable): readonly Row[] {
  const rows = from.flatMap(({ table, where, columns }): Row[] => {
    const held = read(table);
    const cells = columns.map((column) => [column.name, toListed(column, held)] as const);
    return Array.from(rowsThat(where, held, read), (row) =>
      Object.fromEntries(cells.map(([name, cell]) => [name, cell(row)])),
    );
  });
  return inOrder(named === true ? withNames(rows, 'network_name', read) : rows, order);
}

/** As engines order: nulls last, whichever way; texts by their code. */
function inOrder(rows: readonly Row[], order: ListQuestion['order']): readonly Row[] {
  return rows.toSorted((a, b) => {
    for (const { name, descending } of order) {
      const [one, other] = [a[name] ?? null, b[name] ?? null];
      if (one === other) continue;
      if (one === null) return 1;
      if (other === null) return -1;
      const after = one > other ? 1 : -1;
      return descending === true ? -after : after;
    }
    return 0;
  });
}
