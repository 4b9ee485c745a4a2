/** Names of countries and territories in English sentences, as the pages write them; a test holds both alike. */

/** Names that stand with an article. */
const WITH_ARTICLE =
  'AE BS CC CF CG CK DO FK FO GB GM IO KM KY MH MP MV NL PH PS SB TC UM US VG VI'.split(' ');
const NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** `Kenya`, `the United States`; a code without a name stays as it is. */
export function namePlace(probeCc: string): string {
  const name = NAMES.of(probeCc) ?? probeCc;
  return WITH_ARTICLE.includes(probeCc) ? `the ${name}` : name;
}
