/** The package ships no types; only what `joined-letters.ts` uses. */
declare module 'bidi-js' {
  export default function bidiFactory(): {
    /** Of the direction of the first letter that stands in no isolate. */
    getEmbeddingLevels(text: string): { readonly levels: Uint8Array };
  };
}
