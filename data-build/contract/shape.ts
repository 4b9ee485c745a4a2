/** Words for the shapes of JSON files. A shape checks what came from outside, and the type comes from the shape. */
import * as v from 'valibot';
import {
  toAsn,
  toCountryCode,
  toDay,
  toSha256,
  type Asn,
  type CountryCode,
  type Day,
  type Sha256,
} from './brands.ts';

/** A field that is missing is told from one that is something else. */
const orThere =
  (wanted: string) =>
  ({ input }: { readonly input: unknown }): string =>
    input === undefined ? 'there' : wanted;

/** Fields by name; others are passed over. */
export const record = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(v.object(entries, orThere('an object')), v.readonly());
export const list = <Item extends v.GenericSchema>(item: Item) =>
  v.pipe(v.array(item, 'a list'), v.readonly());
export const byName = <Item extends v.GenericSchema>(item: Item) =>
  v.pipe(v.record(v.string(), item, 'an object'), v.readonly());

export const text = v.string('text');
export const flag = v.boolean('true or false');
export const count = v.pipe(
  v.number('a count'),
  v.safeInteger('a count'),
  v.minValue(0, 'a count'),
);
/** A path that stays inside the data folder. */
export const path = v.pipe(
  text,
  v.check(
    (given) => !/^[/\\]|^[a-z]+:|(^|[/\\])\.\.([/\\]|$)/i.test(given),
    'a path inside the data folder',
  ),
);
export const sha256 = v.custom<Sha256>(
  (value) => typeof value === 'string' && toSha256(value) !== null,
  'a SHA-256',
);
export const dayOrNull = v.nullable(
  v.custom<Day>(
    (value) => typeof value === 'string' && toDay(value) !== null,
    'a day (YYYY-MM-DD) or null',
  ),
);
/** Text that is more than text. */
export const matching = <Value extends string>(holds: (value: string) => boolean, wanted: string) =>
  v.custom<Value>((value) => typeof value === 'string' && holds(value), wanted);
export const day = matching<Day>((value) => toDay(value) !== null, 'a day (YYYY-MM-DD)');
export const country = matching<CountryCode>(
  (value) => toCountryCode(value) === value,
  'two letters, e.g. KE',
);
export const textOrNull = v.nullable(text);
export const asnOrNull = v.nullable(
  v.custom<Asn>(
    (value) => typeof value === 'number' && toAsn(value) !== null,
    'a number of a network',
  ),
);
/** A shape of which something more must hold. */
export const holding = <Shape extends v.GenericSchema>(
  shape: Shape,
  holds: (value: v.InferOutput<Shape>) => boolean,
  wanted: string,
) => v.pipe(shape, v.check(holds, wanted));
/** A field that may be missing. */
export const optional = <Shape extends v.GenericSchema>(shape: Shape) => v.exactOptional(shape);
/** JSON can hold objects that make no text of themselves: their `toString` is a field. */
const unknownWord = ({ input }: { readonly input: unknown }): string => {
  const shown = typeof input === 'string' ? input : JSON.stringify(input ?? null);
  return `a known value (${shown.slice(0, 40)})`;
};
/** One of the keys of a vocabulary. */
export const word = <Terms extends object>(terms: Terms) =>
  v.custom<keyof Terms & string>(
    (value) => typeof value === 'string' && Object.hasOwn(terms, value),
    unknownWord,
  );
export const wordOrNull = <Terms extends object>(terms: Terms) => v.nullable(word(terms));
/** One of a few words. */
export const oneOf = <const Words extends readonly string[]>(words: Words) =>
  v.picklist(words, unknownWord);

/** The value in its shape, or the first fault with its place: `manifest.files[0].rows is not a count.` */
export function readShape<Shape extends v.GenericSchema>(
  shape: Shape,
  json: unknown,
  name: string,
):
  | { readonly ok: true; readonly value: v.InferOutput<Shape> }
  | { readonly ok: false; readonly fault: string } {
  const result = v.safeParse(shape, json, { abortEarly: true });
  if (result.success) return { ok: true, value: result.output };
  const [issue] = result.issues;
  const place = (issue.path ?? []).map(({ key }) =>
    typeof key === 'number' ? `[${key}]` : `.${String(key)}`,
  );
  return { ok: false, fault: `${name}${place.join('')} is not ${issue.message}.` };
}
