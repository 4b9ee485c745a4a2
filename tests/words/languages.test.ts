/** Word files of further languages: whatever they say fits the English message that it stands for. */
import path from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { FIRST_LANGUAGE, TRANSLATED } from '../../data-build/words/languages.ts';
import {
  readTexts,
  stampOf,
  STAMPS,
  textsIn,
  WORD_FOLDERS,
  wordFilesIn,
} from '../../site/serve/word-files.ts';

/** Each part with what is chosen by it. */
function partsOf(elements: readonly MessageFormatElement[]): readonly string[] {
  return elements.flatMap((element) => {
    switch (element.type) {
      case TYPE.literal:
      case TYPE.pound:
        return [];
      case TYPE.select:
        return [
          `${element.value} ${Object.keys(element.options).toSorted().join()}`,
          ...Object.values(element.options).flatMap(({ value }) => partsOf(value)),
        ];
      case TYPE.plural:
        return [
          element.value,
          ...Object.values(element.options).flatMap(({ value }) => partsOf(value)),
        ];
      default:
        return [element.value];
    }
  });
}

/** Parts that a message prints as they come; numbers are not. */
function printed(elements: readonly MessageFormatElement[]): readonly string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.argument) return [element.value];
    if (element.type !== TYPE.select && element.type !== TYPE.plural) return [];
    return Object.values(element.options).flatMap(({ value }) => printed(value));
  });
}

/** Plural forms that a message leaves out. French and Spanish may: theirs for millions is the form of many. */
function missingForms(
  elements: readonly MessageFormatElement[],
  locale: string,
): readonly string[] {
  return elements.flatMap((element) => {
    if (element.type !== TYPE.select && element.type !== TYPE.plural) return [];
    const within = Object.values(element.options).flatMap(({ value }) =>
      missingForms(value, locale),
    );
    if (element.type === TYPE.select) return within;
    const rules = new Intl.PluralRules(locale, { type: element.pluralType ?? 'cardinal' });
    const wanted = rules
      .resolvedOptions()
      .pluralCategories.filter((form) => form !== 'many' || !/^(?:es|fr|pt)/.test(locale));
    return [...wanted.filter((form) => !(form in element.options)), ...within];
  });
}

it('no key has two texts', () => {
  const keys = WORD_FOLDERS.flatMap((parent) =>
    Object.keys(textsIn(path.join(parent, FIRST_LANGUAGE))),
  );
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

describe.each(TRANSLATED)('$endonym ($tag)', ({ tag, locale }) => {
  const texts = WORD_FOLDERS.map((parent) => ({
    english: textsIn(path.join(parent, FIRST_LANGUAGE)),
    own: textsIn(path.join(parent, tag)),
    stamps: readTexts(path.join(parent, tag, STAMPS)),
  }));
  const pairs = texts.flatMap(({ english, own }) =>
    Object.entries(own).map(([key, text]) => ({ key, text, source: english[key] ?? '' })),
  );

  it('says only what English says, and most of it', () => {
    expect(pairs.filter(({ source, text }) => source === '' && text !== '')).toEqual([]);
    const all = texts.reduce((sum, { english }) => sum + Object.keys(english).length, 0);
    expect(Object.keys(wordFilesIn(tag)).length).toBeGreaterThan(all * 0.75);
  });

  it('gives each message the parts and choices of the English one', () => {
    const read = (text: string) => new Set(partsOf(parse(text, { ignoreTag: true })));
    for (const { key, text, source } of pairs.filter((pair) => pair.key in wordFilesIn(tag)))
      expect(read(text), key).toEqual(read(source));
  });

  it('writes the numbers of each message in its own digits', () => {
    const read = (text: string) => new Set(printed(parse(text, { ignoreTag: true })));
    for (const { key, text, source } of pairs.filter((pair) => pair.key in wordFilesIn(tag)))
      expect(
        [...read(text)].filter((part) => !read(source).has(part)),
        key,
      ).toEqual([]);
  });

  it('has every plural form of the language', () => {
    for (const { key, text } of pairs)
      expect(missingForms(parse(text, { ignoreTag: true }), locale), key).toEqual([]);
  });

  it('notes of which English text each message was made, and keeps quiet where that was reworded', () => {
    for (const { own, english, stamps } of texts)
      for (const [key, text] of Object.entries(own)) {
        expect(stamps[key], key).toMatch(/^[0-9a-f]{8} [0-9a-f]{8}$/);
        expect(stamps[key]?.endsWith(stampOf(text)), `${key}: run npm run words -- ${tag}`).toBe(
          true,
        );
        const isFresh = stamps[key]?.startsWith(stampOf(english[key] ?? '')) === true;
        expect(key in wordFilesIn(tag), key).toBe(isFresh);
      }
  });
});

it('a message that begins with Latin letters keeps the direction of its own', () => {
  const said = (tag: string, key: string): unknown => wordFilesIn(tag)[key];
  expect(said('ar', 'test_name.vanilla_tor')).toBe('\u200FTor بلا جسور');
  // Nothing in it is written from the right, or its own letters come first.
  expect(said('fa', 'outcome.ok')).not.toMatch(/^\u200F/);
  expect(said('es', 'test_name.vanilla_tor')).not.toMatch(/^\u200F/);
});
