/**
 * Pseudo-languages, made from English messages when they are asked for: every letter that is ours looks foreign, messages
 * are about 40 % longer and stand in brackets, and each part is isolated (U+2068 … U+2069), since it may be data in another
 * script. So what a page shows in plain English letters came from no word file, and a bracket that is missing was cut off.
 */
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { FIRST_LANGUAGE } from './languages.ts';
import type { Messages, Words } from './messages.ts';

const PLAIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LETTERS: Readonly<Record<string, readonly string[]>> = {
  qps: [...'ÅḂÇĎÉḞĜĤÎĴĶĻṀÑÖṔɊŔŠŢÛṼŴẊÝŽåḃçďéḟĝĥîĵķļḿñöṕɋŕšţûṽŵẋýž'],
  'qps-rtl': [...'ابصدعفقهيجکلمنوپقرستوڤوخيزابصدعفقهيجکلمنوپقرستوڤوخيز'],
};
/** One letter in so many is written twice. */
const DOUBLED = 3;

/** The words of files, and of the pseudo-languages that are made from the English ones. */
export function withPseudo(
  files: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Words {
  const made = new Map<string, Messages>();
  return (tag) => {
    if (!(tag in LETTERS)) return files[tag] ?? {};
    const known = made.get(tag);
    if (known !== undefined) return known;
    const english = Object.entries(files[FIRST_LANGUAGE] ?? {});
    const words = Object.fromEntries(english.map(([key, text]) => [key, toPseudo(text, tag)]));
    made.set(tag, words);
    return words;
  };
}

/** An English message as `tag` says it. */
export function toPseudo(message: string, tag: string): MessageFormatElement[] {
  const letters = LETTERS[tag] ?? [];
  let written = 0;
  const disguise = (text: string): string =>
    Array.from(text, (char) => {
      const letter = letters[PLAIN.indexOf(char)];
      if (letter === undefined) return char;
      written += 1;
      return written % DOUBLED === 0 ? letter + letter : letter;
    }).join('');
  const body = rewriteMessage(message, disguise);
  return [literal('⟦'), ...body, literal('⟧')];
}

function literal(value: string): MessageFormatElement {
  return { type: TYPE.literal, value };
}

/** A message with each part isolated (U+2068 … U+2069) and each piece of text as `change` writes it. */
export function rewriteMessage(
  message: string,
  change: (text: string) => string,
): MessageFormatElement[] {
  const rewrite = (element: MessageFormatElement): readonly MessageFormatElement[] => {
    switch (element.type) {
      case TYPE.literal:
        return [{ ...element, value: change(element.value) }];
      case TYPE.argument:
        return [literal('\u2068'), element, literal('\u2069')];
      case TYPE.plural:
      case TYPE.select: {
        const options = Object.entries(element.options).map(
          ([name, { value }]) => [name, { value: value.flatMap(rewrite) }] as const,
        );
        return [{ ...element, options: Object.fromEntries(options) }];
      }
      default:
        return [element];
    }
  };
  return parse(message, { captureLocation: false, ignoreTag: true }).flatMap(rewrite);
}
