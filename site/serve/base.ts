/** Where the site is mounted, from the environment: the same for the build and for the server. */

/** `BASE_PATH` with one slash at either end; `/` when it is not set. */
export function basePath(): string {
  const given = (process.env['BASE_PATH'] ?? '').replace(/^\/+|\/+$/g, '');
  return given === '' ? '/' : `/${given}/`;
}

/** `SITE_URL`, or null when the site does not know its own address. Throws when it is not one. */
export function siteUrl(): string | null {
  const given = process.env['SITE_URL'] ?? '';
  if (given === '') return null;
  if (!URL.canParse(given) || !/^https?:/.test(given)) {
    throw new Error(
      `SITE_URL is ${given}, which is not a web address. Write it like https://example.org.`,
    );
  }
  return new URL(given).origin;
}

/** `UPDATE_DAYS`, days from the end of a release until the next is expected; null when it is not set. Throws for anything else. */
export function updateDays(): number | null {
  const given = process.env['UPDATE_DAYS'] ?? '';
  if (given === '') return null;
  if (!/^[1-9]\d{0,2}$/.test(given))
    throw new Error(
      `UPDATE_DAYS is ${given}, which is no number of days. Write a whole number from 1 to 999, as 2.`,
    );
  return Number(given);
}

/** `REPORT_URL`, where readers report a wrong result: a mail address or a form; null when it is not set. Throws for anything else. */
export function reportAddress(): string | null {
  const given = process.env['REPORT_URL'] ?? '';
  if (given === '') return null;
  if (!URL.canParse(given) || !/^(?:https?:\/\/|mailto:[^?]+@)/.test(given))
    throw new Error(
      `REPORT_URL is ${given}, which no report can be sent to. Write mailto:name@example.org, or https:// and the address of a form.`,
    );
  return given;
}

/**
 * `MIRRORS`, other addresses of the same site, with spaces between; none when it is not set. A built site works at its path
 * alone, so each must end in that. Throws for anything else.
 */
export function mirrorAddresses(): readonly string[] {
  const given = (process.env['MIRRORS'] ?? '').split(/\s+/).filter((one) => one !== '');
  for (const one of given) {
    const address = /^https?:\/\//.test(one) && URL.canParse(one) ? new URL(one) : null;
    if (address?.href !== one || address.pathname !== basePath() || /[?#@]/.test(one))
      throw new Error(
        `MIRRORS names ${one}, at which this site would not work.\nWrite whole addresses that end in ${basePath()}, as https://mirror.example${basePath()}, with spaces between.`,
      );
  }
  return [...new Set(given)];
}

/**
 * `DATA_URL`, where the large tables lie in place of `data/`, with the same paths below it; null when it is not set. Throws
 * for anything else.
 */
export function dataAddress(): string | null {
  const given = process.env['DATA_URL'] ?? '';
  if (given === '') return null;
  const address = /^https?:\/\//.test(given) && URL.canParse(given) ? new URL(given) : null;
  if (address?.href !== given || !given.endsWith('/') || /[?#@;,]/.test(given))
    throw new Error(
      `DATA_URL is ${given}, which is not the address of a folder.\nWrite it whole, with a slash at its end, as https://data.example.org/atlas/.`,
    );
  return given;
}
