/** Names of websites as a reader sees them. */
import punycode from 'punycode/punycode.es6.js';

/** Scripts that one language writes together count as one. Source: UTS 39, augmented script sets. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['Han', /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}]/u],
  ...['Latn', 'Cyrl', 'Grek', 'Arab', 'Hebr', 'Deva', 'Beng', 'Thai', 'Mymr', 'Geor', 'Armn'].map(
    (script) => [script, new RegExp(`\\p{scx=${script}}`, 'u')] as const,
  ),
];

/** The name as it is shown: with the punycode behind it where letters of several scripts could pass for others. */
export function formatDomain(domain: string): string {
  const letters = [...domain].filter((letter) => /\p{L}/u.test(letter));
  const scripts = new Set(
    letters.map((letter) => SCRIPTS.find(([, holds]) => holds.test(letter))?.[0] ?? 'other'),
  );
  return scripts.size > 1 ? `${domain} (${punycode.toASCII(domain)})` : domain;
}
