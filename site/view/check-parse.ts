/** A check as it stands in a page: JSON, believed only as far as it can be read. */
import {
  toAsn,
  toCountryCode,
  toDay,
  type CountryCode,
  type Day,
} from '../../data-build/contract/brands.ts';
import { isFields, type Fields } from '../../data-build/contract/fields.ts';
import { TIME_GRAINS } from '../../data-build/contract/vocabulary.ts';
import {
  CHECKED_FIGURES,
  CHECKED_LISTS,
  type Check,
  type CheckSubject,
  type EventsCheck,
  type FigureCheck,
  type ListCheck,
  type SafeCheck,
  type TimelineCheck,
} from './check.ts';
import type { ViewContext } from './context.ts';
import { WITNESSES } from './witness-window.ts';

export function parseCheck(text: string): Check | null {
  const json = parseRecord(text);
  switch (json['chart']) {
    case 'safe':
      return parseSafe(json);
    case 'witnesses':
      return parseTimeline(json);
    case 'events':
      return parseEvents(json);
    case 'list':
      return parseList(json);
    default:
      return parseFigure(json);
  }
}

function parseList(json: Fields): ListCheck | null {
  const list = CHECKED_LISTS.find((name) => name === json['list']);
  return list === undefined ? null : { chart: 'list', list };
}

/** Names of places that the page was made with, by code. */
export function parsePlaceNames(text: string): readonly (readonly [string, string])[] {
  return Object.entries(toRecord(parseRecord(text)['names'])).flatMap(([code, name]) =>
    typeof name === 'string' ? [[code, name] as const] : [],
  );
}

function parseFigure(json: Fields): FigureCheck | null {
  const chart = CHECKED_FIGURES.find((name) => name === json['chart']);
  const subject = parseSubject(toRecord(json['subject']));
  const context = parseContext(toRecord(json['context']));
  if (chart === undefined || subject === null || context === null) return null;
  return { chart, subject, context, series: toText(json['series']) };
}

function parseTimeline(json: Fields): TimelineCheck | null {
  const probeCc = toCode(json['probeCc']);
  const listed: readonly unknown[] = Array.isArray(json['witnesses']) ? json['witnesses'] : [];
  const witnesses = WITNESSES.filter((name) => listed.includes(name));
  if (probeCc === null || witnesses.length === 0) return null;
  return {
    chart: 'witnesses',
    probeCc,
    eventId: toText(json['eventId']),
    dataUntil: dayOf(json['dataUntil']),
    witnesses,
  };
}

function parseSafe(json: Fields): SafeCheck | null {
  const about = toRecord(json['subject']);
  const copied = toRecord(json['copy']);
  const probeCc = toCode(about['probeCc']);
  const [first, last] = [dayOf(about['first']), dayOf(about['last'])];
  const [since, until] = [dayOf(json['since']), dayOf(json['until'])];
  const [version, url] = [toText(copied['version']), toText(copied['url'])];
  if (probeCc === null || first === null || last === null) return null;
  if (since === null || until === null || version === null || url === null) return null;
  const { testName, domain } = about;
  return {
    chart: 'safe',
    subject: { probeCc, testName: toText(testName), domain: toText(domain), first, last },
    since,
    until,
    thin: json['thin'] === true,
    copy: { version, url, synthetic: copied['synthetic'] === true },
  };
}

function parseEvents(json: Fields): EventsCheck | null {
  const probeCc = toCode(json['probeCc']);
  const lastDay = dayOf(json['lastDay']);
  if (probeCc === null || lastDay === null) return null;
  return { chart: 'events', probeCc, eventId: toText(json['eventId']), lastDay };
}

function parseSubject(json: Fields): CheckSubject | null {
  const { kind } = json;
  if (kind === 'country') {
    const probeCc = toCode(json['probeCc']);
    return probeCc === null ? null : { kind, probeCc };
  }
  if (kind === 'network') {
    const asn = typeof json['asn'] === 'number' ? toAsn(json['asn']) : null;
    return asn === null ? null : { kind, asn };
  }
  const testName = toText(json['testName']);
  if (kind === 'test') return testName === null ? null : { kind, testName };
  const domain = toText(json['domain']);
  return kind === 'domain' && domain !== null ? { kind, domain } : null;
}

function parseContext(json: Fields): ViewContext | null {
  const frame = toRecord(json['frame']);
  const [since, until] = [dayOf(frame['since']), dayOf(frame['until'])];
  const dataUntil = dayOf(frame['dataUntil']);
  const grain = TIME_GRAINS.find((name) => name === frame['grain']);
  const networks = json['networkCount'];
  if (since === null || until === null || dataUntil === null || grain === undefined) return null;
  return {
    frame: { since, until, grain, dataUntil },
    place: toText(json['place']),
    test: toText(json['test']),
    network: toText(json['network']),
    networkCount: typeof networks === 'number' ? networks : null,
  };
}

function parseRecord(text: string): Fields {
  try {
    return toRecord(JSON.parse(text));
  } catch {
    return {};
  }
}
function toRecord(value: unknown): Fields {
  return isFields(value) ? value : {};
}
function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
function toCode(value: unknown): CountryCode | null {
  return toCountryCode(toText(value) ?? '');
}
function dayOf(value: unknown): Day | null {
  return toDay(toText(value) ?? '');
}
