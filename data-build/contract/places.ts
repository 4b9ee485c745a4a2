import countries from 'i18n-iso-countries';

/** Codes of countries and territories: those of ISO 3166-1 today, and XK, which it leaves free and every publisher uses. */
export const PLACES: readonly string[] = Object.keys(countries.getAlpha2Codes()).sort();

/**
 * Codes that location tables and old dumps give to what is no single country or territory: regions, satellite and
 * anonymous networks, a state that is no more, and `UK`, which ISO 3166-1 reserves and no table of places uses. They
 * are counted and named apart, and have no page.
 */
export const NO_SINGLE_PLACE: ReadonlySet<string> = new Set(
  'A1 A2 AP EU EZ O1 QO SU T1 UK UN XA XB XX XZ'.split(' '),
);
