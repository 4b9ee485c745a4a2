/** Names of hosts as people write them: whole addresses, punycode, capitals. */
import punycode from 'punycode/punycode.es6.js';

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\u200C\u200D._-]*[\p{L}\p{N}\p{M}])?$/u;

/**
 * `https://WWW.Example.org:443/a?b` → `www.example.org`: lower case, Unicode, no scheme, user, port, path or last dot.
 * Null where what is left is no name of a host, or longer than 253 characters.
 */
export function toHost(text: string): string | null {
  const authority = text
    .trim()
    .replace(SCHEME, '')
    .replace(/[/?#].*$/s, '');
  const name = authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    .replace(/\.$/, '')
    .toLowerCase()
    .normalize('NFC');
  const host = decodeLabels(name);
  return host.length <= 253 && NAME.test(host) ? host : null;
}

/** Names that are registered under two labels: there `www` is the name itself. */
const REGISTERED_BELOW = /^(?:ac|co|com|edu|gov|gob|go|mil|net|or|org)\.[a-z]{2}$/;

/** Without `www.` in front, as the `domain` column has it: `www.gov.uk` and `www.com` keep theirs. */
export function withoutWww(host: string): string {
  const rest = host.replace(/^(?:www\.)+/, '');
  return rest.includes('.') && !REGISTERED_BELOW.test(rest) ? rest : host;
}

/** Punycode that stands for nothing stays as it is. */
function decodeLabels(name: string): string {
  if (!name.includes('xn--')) return name;
  try {
    const decoded = punycode.toUnicode(name).normalize('NFC');
    return punycode.toASCII(decoded) === name ? decoded : name;
  } catch {
    return name;
  }
}
