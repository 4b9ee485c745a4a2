/** Our stylesheets for files that need nothing else: values for custom properties, and only the rules that are used. */

export type Theme = 'light' | 'dark';

/** The custom properties that `tokens.css` sets for a theme; dark values stand over light ones. */
export function readTokens(tokensCss: string, theme: Theme): ReadonlyMap<string, string> {
  const css = tokensCss.replace(/\/\*[^]*?\*\//g, '');
  const tokens = new Map<string, string>();
  for (const [, selector = '', body = ''] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (selector.includes('not(')) continue;
    if (selector.includes("'dark'") && theme !== 'dark') continue;
    for (const [, name = '', value = ''] of body.matchAll(/--([\w-]+):\s*([^;]+);/g)) {
      tokens.set(name, value.replace(/\s+/g, ' ').trim());
    }
  }
  return tokens;
}

/** `css` with each `var(--name)` replaced. Throws when a token is missing: the stylesheets are ours. */
export function resolveTokens(css: string, tokens: ReadonlyMap<string, string>): string {
  return (
    css
      .replace(/\/\*[^]*?\*\//g, '')
      .replace(/var\(--([\w-]+)\)/g, (_, name: string) => {
        const value = tokens.get(name);
        if (value === undefined)
          throw new Error(`tokens.css has no --${name}, which charts.css uses.`);
        return value;
      })
      // Only links over a map set these.
      .replace(/var\(--place-(?:line|width), ([^;)]+)\)/g, '$1')
      .replace(/\s+/g, ' ')
      .trim()
  );
}

export function readClasses(svg: string): ReadonlySet<string> {
  const lists = [...svg.matchAll(/\bclass="([^"]*)"/g)].map(([, list = '']) => list.split(' '));
  return new Set(lists.flat());
}

/** Only the rules whose classes all occur, so that a file carries what it draws and nothing else. */
export function pruneRules(css: string, classes: ReadonlySet<string>): string {
  const rules: string[] = [];
  for (const [, selectors = '', body = ''] of css
    .replace(/\/\*[^]*?\*\//g, '')
    .matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const used = selectors
      .split(',')
      .map((selector) => selector.trim())
      .filter((selector) =>
        [...selector.matchAll(/\.([\w-]+)/g)].every(([, name = '']) => classes.has(name)),
      );
    if (used.length > 0) rules.push(`${used.join(',')}{${body.trim()}}`);
  }
  return rules.join('');
}
