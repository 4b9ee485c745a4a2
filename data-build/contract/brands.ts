/**
 * Text and numbers whose type says that they were checked.
 * The only place in the project where a type assertion is allowed.
 */
declare const brand: unique symbol;
/** An interface, so that shapes made of branded values can be named in declarations. */
export interface Brand<Name extends string> {
  readonly [brand]: Name;
}
type Branded<T, Name extends string> = T & Brand<Name>;

/** A UTC day, `YYYY-MM-DD`. */
export type Day = Branded<string, 'Day'>;
/** A country or territory code as the publishers use it: two letters, upper case; `ZZ` unknown. */
export type CountryCode = Branded<string, 'CountryCode'>;
/** An autonomous system number, 1 … 4294967295. */
export type Asn = Branded<number, 'Asn'>;
/** Lower-case hexadecimal SHA-256. */
export type Sha256 = Branded<string, 'Sha256'>;

export const DAY_MS = 86_400_000;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const COUNTRY = /^[A-Z]{2}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** `YYYY-MM-DD` that names a real calendar day, else null. */
export function toDay(text: string): Day | null {
  const match = DAY.exec(text);
  if (match === null) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return null;
  return text as Day;
}

/** Days of this century that were written before, by their number since 1970: charts ask for the same ones all the time. */
const written = new Map<number, Day>();
const LAST_WRITTEN = Date.UTC(2100, 0, 1) / DAY_MS;

/** The UTC day a moment falls on. `ms` is milliseconds since 1970. */
export function dayOfMillis(ms: number): Day {
  const number = Math.floor(ms / DAY_MS);
  const known = written.get(number);
  if (known !== undefined) return known;
  const day = new Date(ms).toISOString().slice(0, 10) as Day;
  if (number >= 0 && number < LAST_WRITTEN) written.set(number, day);
  return day;
}

/** Milliseconds since 1970 at the start of the day. */
export function millisOfDay(day: Day): number {
  const digit = (place: number): number => day.charCodeAt(place) - 48;
  const pair = (place: number): number => 10 * digit(place) + digit(place + 1);
  const year = 100 * pair(0) + pair(2);
  // Date.UTC takes the years 0 to 99 for those of another century.
  if (year < 100) return Date.parse(`${day}T00:00:00Z`);
  return Date.UTC(year, pair(5) - 1, pair(8));
}

/** The day `count` days after (before, when negative). */
export function addDays(day: Day, count: number): Day {
  return dayOfMillis(millisOfDay(day) + count * DAY_MS);
}

/** Whole days from `since` to `until`; negative when reversed. */
export function daysBetween(since: Day, until: Day): number {
  return Math.round((millisOfDay(until) - millisOfDay(since)) / DAY_MS);
}

/** The Monday of the day's week. */
export function mondayOf(day: Day): Day {
  // 1970-01-01 was a Thursday.
  const sinceMonday = (millisOfDay(day) / DAY_MS + 3) % 7;
  return addDays(day, -((sinceMonday + 7) % 7));
}

/** Two letters in any case, else null. `ZZ` passes: callers decide what unknown means. */
export function toCountryCode(text: string): CountryCode | null {
  const upper = text.toUpperCase();
  return COUNTRY.test(upper) ? (upper as CountryCode) : null;
}

/** A whole number 1 … 2³²−1, else null (AS0 is no network). */
export function toAsn(value: number): Asn | null {
  return Number.isInteger(value) && value > 0 && value <= 4_294_967_295 ? (value as Asn) : null;
}

/** `AS123`, `as123` or `123` → 123; anything else, AS0 included, null. */
export function parseAsn(text: string): Asn | null {
  const match = /^(?:AS)?(\d{1,10})$/i.exec(text.trim());
  return match?.[1] === undefined ? null : toAsn(Number(match[1]));
}

/** 64 lower-case hexadecimal digits, else null. */
export function toSha256(text: string): Sha256 | null {
  return SHA256.test(text) ? (text as Sha256) : null;
}
