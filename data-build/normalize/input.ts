/**
 * What was tested, and the domain it belongs to. Inputs are nearly always URLs, but lists, bare hosts,
 * `stun://` and plain junk occur. Source: shapes seen in the publisher's data; public suffix list.
 */
import { parse } from 'tldts';
import { toUnicode } from 'tr46';
import type { JsonValue } from '../parse/json.ts';
import { holdsPrivateText } from '../contract/privacy.ts';

const LONGEST_INPUT = 2048;
const USERINFO = /^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i;
const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;
const BARE = /^([^\s/?#@]+)(?:[/?#]|$)/;
/** Letters with their marks, as most scripts of Asia need them, and the joiners that `toHost` has checked. */
const HOST = /^[\p{L}\p{M}\p{N}\u200C\u200D_-]+(?:\.[\p{L}\p{M}\p{N}\u200C\u200D_-]+)+$/u;
/** Names kept for examples, which the synthetic sample uses; they can name no private host. Source: RFC 2606. */
const RESERVED = /\.(?:example|test)$/;

/** Text as tested, trimmed, without userinfo; lists become `{a,b}` as at the publisher; null for none. */
export function normalizeInput(value: JsonValue | undefined): string | null {
  if (Array.isArray(value)) {
    const parts = value.filter((part) => typeof part === 'string').map(withoutUserinfo);
    return parts.length === 0 ? null : `{${parts.join(',')}}`;
  }
  if (typeof value !== 'string') return null;
  const text = withoutUserinfo(value);
  return text === '' ? null : text;
}

function withoutUserinfo(text: string): string {
  return text.trim().replace(USERINFO, '$1');
}

/**
 * Host name of a normalized input: lower case, in Unicode, no port, one leading `www.` folded. null when the host is an
 * address or does not end in a suffix of the public suffix list or in one kept for examples. Of a list, the first element counts.
 */
export function domainOfInput(input: string | null): string | null {
  if (input === null || input.length > LONGEST_INPUT) return null;
  const text = input.startsWith('{') ? (/^\{([^,}]*)/.exec(input)?.[1] ?? '') : input;
  const authority = AUTHORITY.exec(text)?.[1] ?? BARE.exec(text)?.[1];
  if (authority === undefined) return null;
  const host = toHost(authority.replace(/:\d*$/, '').replace(/\.$/, ''));
  if (host === null || host.length > 253 || !HOST.test(host)) return null;
  const parsed = parse(host, { extractHostname: false, validateHostname: false });
  if (parsed.isIp === true || parsed.domain === null) return null;
  if (parsed.isIcann !== true && !RESERVED.test(host)) return null;
  return host.startsWith('www.') && host !== parsed.domain ? host.slice(4) : host;
}

const ASCII = /^[\x21-\x7E]+$/;

/**
 * One spelling for a name, whether it came in Unicode or in punycode; null where the letters make no name. Invalid
 * punycode stays as it is. Source: UTS 46, non-transitional processing.
 */
function toHost(text: string): string | null {
  const isAscii = ASCII.test(text);
  const lower = text.toLowerCase();
  if (isAscii && !lower.includes('xn--')) return lower;
  const { domain, error } = toUnicode(text, { checkBidi: true, checkJoiners: true });
  if (!error) return domain;
  return isAscii ? lower : null;
}

/** The input if it may be published: a public domain, and no address anywhere; else null. */
export function publishableInput(input: string | null): string | null {
  if (input === null || input.length > LONGEST_INPUT) return null;
  if (domainOfInput(input) === null || holdsPrivateText(input)) return null;
  return input;
}
