/** Text for XML and HTML. */

// XML 1.0 §2.2: these cannot stand in a document, not even escaped.
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Most texts have nothing of this, and are given back as they are. */
const CHANGED = new RegExp(`[&<>"]|${FORBIDDEN.source}`, 'u');

/** Text made safe for element content and double-quoted attributes. */
export function escapeXml(text: string): string {
  if (!CHANGED.test(text)) return text;
  return text
    .replace(FORBIDDEN, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
