/** Times as OONI writes them, and the times in ids and file names. */
import { DAY_MS, toDay, type Day } from '../contract/brands.ts';

const START = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:Z|\+00:00)?$/;
const UID = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})\.\d{6}_/;
const REPORT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z_/;
const FILE_HOUR = /^(\d{4})(\d{2})(\d{2})(\d{2})_[A-Z]{2}_[a-z0-9]+/;
const FILE_DAY = /^(\d{4})(\d{2})(\d{2})_[A-Z]{2}_[a-z0-9]+/;

export const HOUR_MS = 3_600_000;

/** M-Lab published its first tests in January 2009, before the others; fixed ends, since outputs must not depend on today. */
const FIGURES_SINCE = '2009-01-01';
const FIGURES_UNTIL = '2035-01-01';

/** The day of a published figure; null when it is no day, or one on which no source has figures. */
export function toFigureDay(text: string): Day | null {
  const day = toDay(text);
  return day === null || day < FIGURES_SINCE || day >= FIGURES_UNTIL ? null : day;
}

function utc(match: RegExpExecArray | null): number | null {
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part));
  if (year === undefined || month === undefined || day === undefined) return null;
  const back = new Date(Date.UTC(2000, 0, 1, hour ?? 0, minute ?? 0, second ?? 0));
  // Date.UTC takes the years 0 to 99 for those of another century.
  const ms = back.setUTCFullYear(year, month - 1, day);
  const real =
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    back.getUTCHours() === (hour ?? 0) &&
    back.getUTCMinutes() === (minute ?? 0) &&
    back.getUTCSeconds() === (second ?? 0);
  return real ? ms : null;
}

/** `YYYY-MM-DD HH:MM:SS` (also with `T`, a fraction, a `Z`), UTC, to ms since 1970; null when it is not a real moment. */
export function parseStartTime(text: string): number | null {
  return utc(START.exec(text.trim()));
}

/** The same to the nanosecond, as far as a number can hold it: ms with a fraction. */
export function parseFineTime(text: string): number | null {
  const ms = parseStartTime(text);
  const fraction = /\.\d+/.exec(text)?.[0];
  return ms === null || fraction === undefined ? ms : ms + 1000 * Number(fraction);
}

/** Server receive time in a modern measurement_uid, ms since 1970; null for legacy ones. */
export function parseUidTime(uid: string): number | null {
  return utc(UID.exec(uid));
}

/** When the report was opened, from the front of a modern report_id, ms since 1970. */
export function parseReportTime(reportId: string): number | null {
  return utc(REPORT.exec(reportId));
}

/**
 * End of the hour (in re-made older dumps, of the day) in the name of a bucket file: the latest
 * moment at which its lines can have been received. ms since 1970; null when the name has none.
 */
export function parseFileTime(path: string): number | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const hour = utc(FILE_HOUR.exec(name));
  if (hour !== null) return hour + HOUR_MS;
  const match = FILE_DAY.exec(name);
  const day = match === null ? null : utc(match);
  return day === null ? null : day + DAY_MS;
}
