/**
 * A served embed → a file that stands alone: the stylesheet goes in, whatever would be fetched goes out, and a policy
 * inside the file keeps it so. It reads the text that `embed-page` wrote and nothing else.
 */
import { translate } from '../i18n/translate.ts';
import { escapeXml } from '../render/svg-string.ts';
import type { EmbedTheme } from './embed-code.ts';

/** For files: nothing may be loaded at all. */
export const FILE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export interface EmbedFileOptions {
  /** The text of the stylesheet of embeds. */
  readonly css: string;
  readonly theme: EmbedTheme;
  /** Of the site: makes links whole. */
  readonly origin: string;
}

export function toEmbedFile(page: string, options: EmbedFileOptions): string {
  const { css, theme, origin } = options;
  const policy = `<meta http-equiv="Content-Security-Policy" content="${escapeXml(FILE_POLICY)}">`;
  return page
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, policy)
    .replace(/^<(?:link|script|meta property|meta name="twitter)[^\n]*\n/gm, '')
    .replace(/^<\/?script[^\n]*\n?/gm, '')
    .replace(/<script\b[^>]*><\/script>\n?/g, '')
    .replace(/<link\b[^>]*>\n?/g, '')
    .replace(/^<p class="(?:newer|language)"[^\n]*\n/gm, '')
    .replace(/ data-latest="[^"]*"/, '')
    .replace(/<html /, theme === 'auto' ? '<html ' : `<html data-theme="${theme}" `)
    .replace('</head>', `<style>${css}</style>\n</head>`)
    .replace(/href="\//g, `href="${escapeXml(origin)}/`)
    .replace(
      '</figcaption>',
      `<p data-part="file">${escapeXml(translate('embed.file'))}</p>\n</figcaption>`,
    );
}
