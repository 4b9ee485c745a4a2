/** Outcomes summed, and what their counts do not say. */
import { translate } from '../i18n/translate.ts';
import type { OutcomeCounts, OutcomePeriodRow } from '../query/rows.ts';
import { totalFloor, type ViewContext } from './context.ts';
import { toRate, type Rate } from './rate.ts';
import type { TableCell } from './table.ts';
import type { Period } from './time-frame.ts';

/** Sums counts over rows. */
export function sumOutcomes(
  rows: readonly (OutcomeCounts & { readonly unscored_count: number })[],
): OutcomeCounts & { readonly unscored_count: number } {
  const totals = {
    measurement_count: 0,
    ok_count: 0,
    anomaly_count: 0,
    confirmed_count: 0,
    failure_count: 0,
    unscored_count: 0,
  };
  for (const row of rows) {
    totals.measurement_count += row.measurement_count;
    totals.ok_count += row.ok_count;
    totals.anomaly_count += row.anomaly_count;
    totals.confirmed_count += row.confirmed_count;
    totals.failure_count += row.failure_count;
    totals.unscored_count += row.unscored_count;
  }
  return totals;
}

/** The rate of all periods together, held to the floor of their whole. */
export function totalRate(rows: readonly OutcomePeriodRow[], context: ViewContext): Rate {
  const { networkCount } = context;
  return toRate(
    {
      ...sumOutcomes(rows),
      network_count: networkCount,
      only_probe_asn:
        networkCount === 1
          ? (rows.find((row) => row.only_probe_asn)?.only_probe_asn ?? null)
          : null,
      day_count: rows.reduce((days, row) => days + row.day_count, 0),
    },
    totalFloor(context),
  );
}

/** What zero confirmed, failures and unscored tests do not say. */
export function outcomeNotes(
  totals: OutcomeCounts & { readonly unscored_count: number },
): readonly string[] {
  const { measurement_count, confirmed_count, failure_count, unscored_count } = totals;
  return [
    ...(measurement_count > 0 && confirmed_count === 0 ? [translate('note.none_confirmed')] : []),
    ...(failure_count > 0 ? [translate('note.failures', { n: failure_count })] : []),
    ...(unscored_count > 0 ? [translate('note.unscored', { n: unscored_count })] : []),
  ];
}

/** Says that empty slots are days without tests, not days without interference. */
export function gapNotes(
  periods: readonly { readonly counts: unknown }[],
  { frame }: ViewContext,
): readonly string[] {
  const gaps = periods.filter(({ counts }) => counts === null).length;
  return gaps === 0 ? [] : [translate(`note.gaps.${frame.grain}`, { n: gaps })];
}

/** First cell of a row about a period, with the reason when it is not whole. */
export function periodCell(
  start: string,
  label: string,
  incomplete: Period['incomplete'],
): TableCell {
  const text =
    incomplete === null ? label : translate(`table.period.${incomplete}`, { period: label });
  return { text, sort: start };
}
