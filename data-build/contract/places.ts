import countries from 'i18n-iso-countries';

/**
 * Codes of countries and territories: those of ISO 3166-1 today, and XK, which it leaves free and publishers use for
 * Kosovo. What else location tables and old dumps give is no single place of today: regions, satellite and anonymous
 * networks, states that are no more, codes that ISO reserves. It is counted and named apart, and has no page.
 */
export const PLACES: ReadonlySet<string> = new Set(
  Object.keys(countries.getAlpha2Codes()).toSorted(),
);
