/** Word files and the code that speaks them fit: each message gets exactly the parts that it names. */
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { expect, it } from 'vitest';
import { TRANSLATED } from '../../data-build/words/languages.ts';
import { toPseudo } from '../../data-build/words/pseudo.ts';
import { wordsIn as contractWordsIn } from '../../data-build/words/words.ts';
import { wordFilesIn } from '../../site/serve/word-files.ts';
import { wordsIn } from '../../site/words/words.ts';
import { listSpoken } from '../support/spoken.ts';

const files = [wordsIn('en'), contractWordsIn('en')];
const messages = new Map(
  files.flatMap((words) =>
    Object.entries(words).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  ),
);

function partsOf(elements: readonly MessageFormatElement[]): readonly string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return [
        element.value,
        ...Object.values(element.options).flatMap(({ value }) => partsOf(value)),
      ];
    return [element.value];
  });
}

const parts = new Map(
  [...messages].map(([key, text]) => [
    key,
    new Set(partsOf(parse(text, { ignoreTag: true, requiresOtherClause: true }))),
  ]),
);
const { calls, named } = listSpoken();
/** Keys from a table can be any key: their calls give no parts. */
const everyKey = files.map((words) => Object.keys(words).length);
const known = calls.filter(({ keys }) => !everyKey.includes(keys.length));

it('every call gives its message each part that it names', () => {
  expect(known.length).toBeGreaterThan(500);
  const missing = known.flatMap(({ where, keys, parts: given }) =>
    keys.flatMap((key) =>
      [...(parts.get(key) ?? ['?'])]
        .filter((part) => given?.includes(part) === false)
        .map((part) => `${where}: ${key} has {${part}}`),
    ),
  );
  expect(missing).toEqual([]);
});

it('no call writes out a part that none of its messages names', () => {
  const extra = calls.flatMap(({ where, keys, parts: given, own }) =>
    (own ? (given ?? []) : [])
      .filter((part) => keys.every((key) => parts.get(key)?.has(part) !== true))
      .map((part) => `${where}: {${part}} for ${keys.slice(0, 3).join(', ')}`),
  );
  expect(extra).toEqual([]);
});

it('a number is written as its language writes numbers', () => {
  const bare = (elements: readonly MessageFormatElement[]): readonly string[] =>
    elements.flatMap((element) => {
      if (element.type === TYPE.argument) return [element.value];
      if (element.type !== TYPE.plural && element.type !== TYPE.select) return [];
      return Object.values(element.options).flatMap(({ value }) => bare(value));
    });
  const numbers = known.flatMap(({ where, keys, numbers: given }) =>
    keys.flatMap((key) => given.map((part) => ({ where, key, part }))),
  );
  expect(numbers.length).toBeGreaterThan(100);
  const written = new Map(
    [...messages].map(([key, text]) => [key, new Set(bare(parse(text, { ignoreTag: true })))]),
  );
  expect(
    numbers.flatMap(({ where, key, part }) =>
      written.get(key)?.has(part) === true
        ? [`${where}: {${part}} in ${key}, not {${part}, number}`]
        : [],
    ),
  ).toEqual([]);
});

/** Parts by which a form is chosen, or which are written as numbers. */
function numeric(elements: readonly MessageFormatElement[]): readonly string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.number) return [element.value];
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [];
    const within = Object.values(element.options).flatMap(({ value }) => numeric(value));
    const isCounted =
      element.type === TYPE.plural &&
      (Object.keys(element.options).length > 1 ||
        Object.values(element.options).some(({ value }) => hasPound(value)));
    return isCounted ? [element.value, ...within] : within;
  });
}

function hasPound(elements: readonly MessageFormatElement[]): boolean {
  return elements.some(
    (element) =>
      element.type === TYPE.pound ||
      (element.type === TYPE.select &&
        Object.values(element.options).some(({ value }) => hasPound(value))),
  );
}

it('what a language counts is given as a number: digits of its own are none', () => {
  const languages = [...files, ...TRANSLATED.map(({ tag }) => wordFilesIn(tag))];
  const wanted = languages.flatMap((words) =>
    Object.entries(words).map(
      ([key, text]) =>
        [
          key,
          new Set(typeof text === 'string' ? numeric(parse(text, { ignoreTag: true })) : []),
        ] as const,
    ),
  );
  const counted = Map.groupBy(wanted, ([key]) => key);
  const wrong = known.flatMap(({ where, keys, parts: given, numbers }) =>
    keys.flatMap((key) =>
      [...new Set((counted.get(key) ?? []).flatMap(([, names]) => [...names]))].flatMap((part) =>
        given?.includes(part) === true && !numbers.includes(part)
          ? [`${where}: {${part}} in ${key} is a text`]
          : [],
      ),
    ),
  );
  expect(wrong).toEqual([]);
});

it('no key stands in both folders of words', () => {
  const [site, contract] = files.map((words) => Object.keys(words));
  expect(site?.filter((key) => contract?.includes(key))).toEqual([]);
});

it('every message is spoken somewhere', () => {
  expect([...messages.keys()].filter((key) => !named.has(key))).toEqual([]);
});

it('scripts find by name every message that a call can ask for', () => {
  expect(known.flatMap(({ keys }) => keys).filter((key) => !named.has(key))).toEqual([]);
});

/** Letters that no part and no form explains. */
function lettersOf(elements: readonly MessageFormatElement[]): string {
  return elements
    .map((element) => {
      if (element.type === TYPE.literal) return element.value;
      if (element.type !== TYPE.plural && element.type !== TYPE.select) return '';
      return Object.values(element.options)
        .map(({ value }) => lettersOf(value))
        .join('');
    })
    .join('');
}

it('pseudo-languages keep the parts and forms of each message, and none of its letters', () => {
  for (const tag of ['qps', 'qps-rtl'])
    for (const [key, text] of messages) {
      const message = toPseudo(text, tag);
      expect(new Set(partsOf(message)), key).toEqual(parts.get(key));
      expect(lettersOf(message), key).not.toMatch(/[a-z]/i);
    }
});
