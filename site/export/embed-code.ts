import { escapeXml } from '../../data-build/contract/xml.ts';
/** What others paste: the snippet of an embed, and the oEmbed answer that carries it. */

/** Sandbox of the offered frame: scripts for its height, links that open elsewhere, downloads; no origin, no storage. */
export const EMBED_SANDBOX =
  'allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads';

export const PICTURE_SIZE = { width: 1200, height: 628 } as const;

export const THEMES = ['auto', 'light', 'dark'] as const;
export type EmbedTheme = (typeof THEMES)[number];

export interface EmbedChoice {
  readonly theme: EmbedTheme;
  /** Tag of the language; null: that of the page. */
  readonly language: string | null;
  readonly controls: boolean;
}

/** What is pasted without a choice: the chart alone, in the reader's theme. */
export const PLAIN_EMBED: EmbedChoice = { theme: 'auto', language: null, controls: false };

/** `?theme=dark&lang=fa&controls=off`; what a frame does by itself is left out. */
export function formatEmbedSearch({ theme, language, controls }: EmbedChoice): string {
  const parts = [
    ...(theme === 'auto' ? [] : [`theme=${theme}`]),
    ...(language === null ? [] : [`lang=${encodeURIComponent(language)}`]),
    ...(controls ? [] : ['controls=off']),
  ];
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** Whole addresses, all of them. */
export interface EmbedSnippet {
  readonly frame: string;
  /** The finding, with its denominator. */
  readonly title: string;
  readonly page: string;
  /** Null: there is no picture that others can load. */
  readonly picture: { readonly url: string; readonly alt: string } | null;
  /** `embed.js` of the site. */
  readonly script: string;
  /** CSS pixels; null: as wide as its place. */
  readonly width: number | null;
  /** CSS pixels before the frame has said how tall it is. */
  readonly height: number;
  /** A live explorer needs its own origin for the engine; everything else does without. */
  readonly sandbox?: string;
}

/** A figure with a frame, a picture for readers without scripts, and the script that follows the height. */
export function writeSnippet(snippet: EmbedSnippet): string {
  const { frame, title, page, picture, script, width, height } = snippet;
  const sandbox = snippet.sandbox ?? EMBED_SANDBOX;
  const style =
    width === null ? 'border:0;width:0;min-width:100%' : `border:0;width:${width}px;max-width:100%`;
  const image =
    picture === null
      ? escapeXml(title)
      : `<img src="${escapeXml(picture.url)}" alt="${escapeXml(picture.alt)}" width="${PICTURE_SIZE.width}" height="${PICTURE_SIZE.height}" style="max-width:100%;height:auto">`;
  return [
    '<figure>',
    `  <iframe src="${escapeXml(frame)}" title="${escapeXml(title)}" loading="lazy" width="${width ?? '100%'}" height="${height}"`,
    `    style="${style}" referrerpolicy="no-referrer"`,
    `    sandbox="${sandbox}"></iframe>`,
    `  <noscript><a href="${escapeXml(page)}">${image}</a></noscript>`,
    '</figure>',
    `<script async src="${escapeXml(script)}"></script>`,
  ].join('\n');
}

export interface OembedContent {
  readonly title: string;
  readonly html: string;
  readonly width: number;
  readonly height: number;
  readonly thumbnail: string;
  readonly provider: { readonly name: string; readonly url: string };
}

/** Seconds that a consumer may keep the answer: a release comes at most daily. */
const CACHE_AGE = 86_400;

/** oEmbed 1.0 (oembed.com §2.3): numbers, since a percentage becomes a height of 0 in some systems. */
export function writeOembed(content: OembedContent): string {
  const { title, html, width, height, thumbnail, provider } = content;
  return `${JSON.stringify({
    version: '1.0',
    type: 'rich',
    title,
    provider_name: provider.name,
    provider_url: provider.url,
    html,
    width,
    height,
    thumbnail_url: thumbnail,
    thumbnail_width: PICTURE_SIZE.width,
    thumbnail_height: PICTURE_SIZE.height,
    cache_age: CACHE_AGE,
  })}\n`;
}
