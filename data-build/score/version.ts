/** Version numbers in the order Python packaging gives them, which the publisher uses. Source: PEP 440. */

export interface Version {
  readonly epoch: number;
  readonly release: readonly number[];
  /** Pre-release rank and number, post and its number, not dev and its number, local: compared in turn. */
  readonly suffix: readonly number[];
}

const EPOCH = String.raw`(?:(?<epoch>\d+)!)?`;
const RELEASE = String.raw`(?<release>\d+(?:\.\d+)*)`;
const PRE = String.raw`(?:[-_.]?(?<pre>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<preNumber>\d+)?)?`;
const POST = String.raw`(?<post>-(?<dashNumber>\d+)|[-_.]?(?:post|rev|r)[-_.]?(?<postNumber>\d+)?)?`;
const DEV = String.raw`(?<dev>[-_.]?dev[-_.]?(?<devNumber>\d+)?)?`;
const LOCAL = String.raw`(?<local>\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?`;
const VERSION = new RegExp(`^v?${EPOCH}${RELEASE}${PRE}${POST}${DEV}${LOCAL}$`);

/** Longer texts count as no version. The publisher would read them, but no probe has one. */
const LONGEST = 100;
const FINAL = 4;

function rankPre(pre: string | undefined, isDevOnly: boolean): number {
  if (pre === undefined) return isDevOnly ? 0 : FINAL;
  if (pre.startsWith('a')) return 1;
  return pre.startsWith('b') ? 2 : 3;
}

/** A version such as `3.17.2`, `3.18.0-alpha` or `0.2.3.post1`; null when it is none. */
export function parseVersion(text: string): Version | null {
  const trimmed = text.trim().toLowerCase();
  const parts = trimmed.length > LONGEST ? undefined : VERSION.exec(trimmed)?.groups;
  if (parts === undefined) return null;
  const isPost = parts['post'] !== undefined;
  const isDev = parts['dev'] !== undefined;
  return {
    epoch: Number(parts['epoch'] ?? 0),
    release: (parts['release'] ?? '').split('.').map(Number),
    suffix: [
      rankPre(parts['pre'], isDev && !isPost),
      Number(parts['preNumber'] ?? 0),
      isPost ? 1 : 0,
      Number(parts['dashNumber'] ?? parts['postNumber'] ?? 0),
      isDev ? 0 : 1,
      Number(parts['devNumber'] ?? 0),
      parts['local'] === undefined ? 0 : 1,
    ],
  };
}

/** A plain release: no epoch, no suffix. */
export function finalVersion(...release: readonly number[]): Version {
  return { epoch: 0, release, suffix: [FINAL, 0, 0, 0, 1, 0, 0] };
}

/** Negative when `left` comes before `right`, zero when they are the same version. */
export function compareVersions(left: Version, right: Version): number {
  const length = Math.max(left.release.length, right.release.length);
  const padded = (version: Version) => [
    version.epoch,
    ...Array.from({ length }, (_, index) => version.release[index] ?? 0),
    ...version.suffix,
  ];
  const rightParts = padded(right);
  for (const [index, part] of padded(left).entries()) {
    const difference = part - (rightParts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
