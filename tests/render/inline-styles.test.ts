import { describe, expect, it } from 'vitest';
import { inlineStyles } from '../../site/render/inline-styles.ts';

/** The content of an `<svg>` after its styles have become attributes. */
function inline(css: string, content: string): string {
  const svg = `<svg class="chart"><style>${css}</style>${content}</svg>`;
  return inlineStyles(svg)
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>$/, '');
}

describe('inlineStyles', () => {
  it.each([
    ['a class', '.a{fill:red}', '<rect class="a"/><rect/>', '<rect fill="red"/><rect/>'],
    [
      'the heavier rule, then the later one',
      '.chart .a{fill:red}.a{fill:blue}.b{stroke:red}.b{stroke:blue}',
      '<rect class="a b"/>',
      '<rect fill="red" stroke="blue"/>',
    ],
    [
      'any ancestor, and the tag',
      '.chart .axis text,.unit{font-size:11px}',
      '<g class="axis"><g><text>1</text><line/></g></g><text>2</text>',
      '<g><g><text font-size="11px">1</text><line/></g></g><text>2</text>',
    ],
    [
      'what a parent has is not said again, and comes back after something else',
      '.chart text{fill:red}.b{fill:red}.c{fill:blue}',
      '<g class="b"><text>1</text><g class="c"><text>2</text></g></g>',
      '<g fill="red"><text>1</text><g fill="blue"><text fill="red">2</text></g></g>',
    ],
    [
      'a style is more than an attribute, which stays where there is no style',
      '.a{fill:red}',
      '<rect class="a" fill="url(#p)"/><rect class="b" fill="url(#p)" x="1"/>',
      '<rect fill="red"/><rect fill="url(#p)" x="1"/>',
    ],
    [
      'opacity is not taken over by children',
      '.a{opacity:.5}.b{opacity:.5}',
      '<g class="a"><rect class="b"/></g>',
      '<g opacity=".5"><rect opacity=".5"/></g>',
    ],
    [
      'quotes and what has no attribute',
      '.a{font-family:system-ui, &quot;A&quot;;font-variant-numeric:tabular-nums;pointer-events:none}',
      '<text class="a">&lt;b&gt;</text>',
      '<text font-family="system-ui, &quot;A&quot;">&lt;b&gt;</text>',
    ],
  ])('%s', (_, css, content, expected) => {
    expect(inline(css, content)).toBe(expected);
  });

  it('refuses selectors that it does not know', () => {
    expect(() => inline('.a:hover{fill:red}', '<g/>')).toThrow('.a:hover');
  });
});
