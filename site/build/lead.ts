/** The finding that a page begins with, the chart of its own series under it, and what is copied of it. */
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import { isGroup } from '../../data-build/contract/detected-event.ts';
import type { PublisherId } from '../../data-build/contract/publishers.ts';
import { joinSentences } from '../../data-build/words/sentences.ts';
import type { BuildData } from '../engine/build-data.ts';
import { fitGrain } from '../figures/course-rows.ts';
import { rate } from '../figures/rate/figure.ts';
import type { RateView } from '../figures/rate/view.ts';
import { UNFILTERED } from '../figures/request.ts';
import { newestEvent, type Finding, type FindingSeries } from '../figures/safe/lead.ts';
import { formatCopy } from '../figures/safe/words.ts';
import { alignWindow, daysAround } from '../figures/witnesses/window.ts';
import { courseQuery, type EventRow } from '../query/witnesses.ts';
import { chooseGrain, type TimeFrame } from '../view/time-frame.ts';
import { wholeHref } from './address.ts';
import { eventHref, loadEventList, toViews } from './events.ts';
import { makeFigure, type FigureBasis, type MadeFigure } from './make-figure.ts';

/** The newest event of a network. */
export async function networkLead(
  data: BuildData,
  isOf: (event: EventRow) => boolean,
): Promise<Finding | null> {
  const { rows } = await loadEventList(data);
  return newestEvent(await toViews(data, rows.filter(isOf)));
}

/** What the headline of a page is copied as. `url` is where what it says can be seen, of this release. */
export function copyHeadline(
  { manifest }: Pick<BuildData, 'manifest'>,
  sentences: readonly (string | null)[],
  url: string,
  source?: PublisherId,
): string {
  const { data_version: version, synthetic } = manifest;
  return formatCopy(joinSentences(sentences), { version, url, synthetic }, source);
}

/** `page` is the address of the page that it stands on. */
export async function copyFinding(
  data: BuildData,
  finding: Finding,
  page: string,
): Promise<string> {
  const { copied, series, url } = finding;
  const release = `?release=${data.manifest.data_version}`;
  const [path = '', ...anchor] = (
    url === null && series?.kind === 'event'
      ? eventHref(series.event, await loadEventList(data))
      : page
  ).split(/(?=#)/);
  const own = wholeHref(`${path}${release}${anchor.join('')}`);
  return copyHeadline(data, copied, url ?? own);
}

/**
 * The share of tests with signs in what the finding speaks of, around its days. Null: there is no finding, or its tests
 * are too few for two shares on one axis.
 */
export async function loadFindingChart(
  data: BuildData,
  finding: Finding | null,
  dataUntil: Day,
): Promise<MadeFigure<RateView> | null> {
  const series = finding?.series ?? null;
  if (series === null) return null;
  const frame = await fitSeries(data, series, dataUntil);
  const made =
    frame === null ? null : await makeFigure(data, rate, { ...subjectOf(series), frame });
  const rated = made?.view.periods.filter((period) => period.rate.kind === 'rate') ?? [];
  return rated.length > 1 ? made : null;
}

/** Null: nothing was tested. */
async function fitSeries(
  { ask }: BuildData,
  series: FindingSeries,
  dataUntil: Day,
): Promise<TimeFrame | null> {
  const target = series.kind === 'event' ? series.event : toTarget(series.subject);
  const rows = await ask(courseQuery(target), { probeCc: target.probe_cc });
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return null;
  const end = addDays(last.day, 1);
  const { since, until } = series.kind === 'event' ? daysOf(series.event, end) : series.days;
  const around = daysAround({ since, until }, end);
  const from = first.day > around.since ? first.day : around.since;
  const fitting = chooseGrain(from, around.until);
  const turn = { first_sign: since, last_sign: addDays(until, -1), probe_asn: target.probe_asn };
  const grain = fitting === 'day' ? fitGrain(rows, turn, end, 'month') : fitting;
  return { ...alignWindow({ ...around, since: from }, dataUntil, grain), grain, dataUntil };
}

function daysOf({ first_sign, last_sign }: EventRow, end: Day) {
  return { since: first_sign, until: last_sign === null ? end : addDays(last_sign, 1) };
}

function toTarget({
  probeCc,
  testName,
  domain,
}: Extract<FindingSeries, { kind: 'target' }>['subject']) {
  return { probe_cc: probeCc, probe_asn: null, test_name: testName, domain };
}

/** Tests of an app or a tool are counted with all that is known of them; those of websites by the day alone. */
function subjectOf(series: FindingSeries): FigureBasis {
  if (series.kind === 'target') {
    const { subject } = series;
    const { probeCc, testName, domain } = subject;
    if (domain !== null || testName === null) return { subject };
    const filter = { ...UNFILTERED, test_name: [testName] };
    return { subject: { kind: 'country', probeCc }, filter };
  }
  const { event } = series;
  const { probe_cc: probeCc, probe_asn: asn, test_name, event_id: eventId } = event;
  if (event.domain !== null || isGroup(event) || test_name === null)
    return { subject: { kind: 'event', probeCc, eventId } };
  const filter = { ...UNFILTERED, test_name: [test_name] };
  const subject =
    asn === null
      ? ({ kind: 'country', probeCc } as const)
      : ({ kind: 'network', asn, name: event.network_name, probeCc } as const);
  return { subject, filter };
}
