/** Lines of a query by day, and bars of which one is held back. */
import { toResult, type ResultView } from './view.ts';
import { DAY_ROWS, type FigureCase } from '../case-rows.ts';

/** A query's answer: two series by day, and a share by place of which one is held back. */
function result(form: ResultView['form']): ResultView {
  const view =
    form === 'lines'
      ? toResult(
          [
            { name: 'day', kind: 'day' },
            { name: 'tool', kind: 'text' },
            { name: 'clients', kind: 'number' },
          ],
          DAY_ROWS.flatMap(({ period, measurement_count }, index) => [
            [period, 'tor-relay', measurement_count * 12.5],
            [period, 'tor-bridge', index === 4 ? null : measurement_count * 3],
          ]),
          2,
          null,
        )
      : toResult(
          [
            { name: 'probe_cc', kind: 'text' },
            { name: 'rate', kind: 'number' },
          ],
          [
            ['XA', 0.42],
            ['XB', 0.031],
            ['XC', 0.5],
          ],
          1,
          {
            held: new Set([1]),
            reasonOf: ([code]) => (code === 'XC' ? 'too few tests (n = 7)' : null),
            heldRows: 1,
            notes: [],
          },
        );
  if (view === null) throw new Error('The case has nothing to draw.');
  return view;
}

export const CASES: readonly FigureCase<ResultView>[] = [
  { name: 'result-lines', view: result('lines') },
  { name: 'result-bars', view: result('bars') },
];
