import { escapeXml } from '../../data-build/contract/xml.ts';
/**
 * An SVG with a stylesheet inside → the same picture without: every declaration becomes an attribute of the elements it
 * is for. A strict policy forbids styles inside a file and has nothing against attributes. Reads what `render/picture`
 * writes and no other SVG.
 */

interface Rule {
  /** Outermost first; each a tag (or '') and classes. */
  readonly parts: readonly { readonly tag: string; readonly classes: readonly string[] }[];
  readonly declarations: readonly (readonly [name: string, value: string])[];
  /** Classes count a hundred times a tag. */
  readonly weight: number;
}

interface Element {
  readonly tag: string;
  readonly classes: ReadonlySet<string>;
  /** Tags and classes from the outermost element to this one: equal paths have equal styles. */
  readonly path: string;
  /** What its children take over. */
  readonly inherited: ReadonlyMap<string, string>;
}

/** Attributes that style SVG and that children take over. */
const INHERITED = new Set([
  'fill',
  'stroke',
  'stroke-width',
  'stroke-linejoin',
  'stroke-linecap',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
  'paint-order',
  'letter-spacing',
]);
/** The others that are attributes; what is in neither list has none, and is no loss in a still picture. */
const OWN = new Set(['opacity', 'display', 'overflow', 'dominant-baseline']);
const STYLE = /<style>([^<]*)<\/style>/;
const TAG = /<(\/?)([\w:]+)((?:\s[\w:-]+="[^"]*")*)\s*(\/?)>/g;

export function inlineStyles(svg: string): string {
  const rules = readRules(unescapeXml(STYLE.exec(svg)?.[1] ?? ''));
  const known = new Map<string, ReadonlyMap<string, string>>();
  const open: Element[] = [];
  return svg
    .replace(STYLE, '')
    .replace(TAG, (whole, end: string, tag: string, text: string, empty: string) => {
      if (end !== '') {
        open.pop();
        return whole;
      }
      const attributes = new Map(
        [...text.matchAll(/\s([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
          name,
          value,
        ]),
      );
      const classes = new Set((attributes.get('class') ?? '').split(' '));
      const before = open.at(-1)?.inherited ?? new Map<string, string>();
      const path = `${open.at(-1)?.path ?? ''} ${tag}.${attributes.get('class') ?? ''}`;
      const element = { tag, classes, path, inherited: before };
      const declared = known.get(path) ?? findDeclarations(rules, [...open, element]);
      known.set(path, declared);
      attributes.delete('class');
      for (const [name, value] of declared) {
        if (INHERITED.has(name) || OWN.has(name)) attributes.set(name, escapeXml(value));
      }
      const inherited = new Map(before);
      for (const name of INHERITED) {
        const value = attributes.get(name);
        if (value === undefined) continue;
        if (value === before.get(name)) attributes.delete(name);
        inherited.set(name, value);
      }
      if (empty === '') open.push({ ...element, inherited });
      const written = [...attributes].map(([name, value]) => ` ${name}="${value}"`).join('');
      return `<${tag}${written}${empty}>`;
    });
}

export function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** Sorted so that the later of two holds. Throws on anything but tags, classes and descent: the styles are ours. */
function readRules(css: string): readonly Rule[] {
  const rules: Rule[] = [];
  for (const [, selectors = '', body = ''] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const declarations = [...body.matchAll(/([\w-]+)\s*:\s*([^;]+)/g)].map(
      ([, name = '', value = '']) => [name, value.trim()] as const,
    );
    for (const selector of selectors.split(',').map((one) => one.trim())) {
      const parts = selector.split(/\s+/).map((part) => {
        const [, tag, classes] = /^([a-z]*)((?:\.[\w-]+)*)$/i.exec(part) ?? [];
        if (tag === undefined || classes === undefined)
          throw new Error(`charts.css has the selector ${selector}, which pictures cannot carry.`);
        return { tag, classes: classes.split('.').slice(1) };
      });
      const weight = parts.reduce(
        (sum, { tag, classes }) => sum + classes.length * 100 + (tag === '' ? 0 : 1),
        0,
      );
      rules.push({ parts, declarations, weight });
    }
  }
  return rules.toSorted((a, b) => a.weight - b.weight);
}

function findDeclarations(
  rules: readonly Rule[],
  path: readonly Pick<Element, 'tag' | 'classes'>[],
): ReadonlyMap<string, string> {
  return new Map(
    rules.filter((rule) => matches(rule, path)).flatMap(({ declarations }) => declarations),
  );
}

function matches({ parts }: Rule, path: readonly Pick<Element, 'tag' | 'classes'>[]): boolean {
  let place = path.length - 1;
  for (const [index, { tag, classes }] of parts.toReversed().entries()) {
    const fits = (element: Pick<Element, 'tag' | 'classes'> | undefined): boolean =>
      element !== undefined &&
      (tag === '' || tag === element.tag) &&
      classes.every((name) => element.classes.has(name));
    // The last part is for the element itself, the others for any ancestor.
    if (index > 0) while (place >= 0 && !fits(path[place])) place -= 1;
    if (!fits(path[place])) return false;
    place -= 1;
  }
  return true;
}
