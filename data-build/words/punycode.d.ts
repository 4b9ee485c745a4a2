/** The package ships no types; only what `domain.ts` uses. */
declare module 'punycode/punycode.es6.js' {
  const punycode: {
    /** Throws a RangeError where a label is no punycode. */
    toUnicode(domain: string): string;
    toASCII(domain: string): string;
  };
  export default punycode;
}
