/** Colours by meaning: legible on whatever they lie on, and apart for every kind of eye. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BLOCKING_METHODS } from '../../data-build/contract/vocabulary.ts';
import { readTokens } from '../../site/render/chart-css.ts';
import { colorDifference, contrast, VISIONS } from '../support/color.ts';

const css = readFileSync(path.resolve(import.meta.dirname, '../../site/styles/tokens.css'), 'utf8');
const OUTCOMES = ['outcome-ok', 'outcome-anomaly', 'outcome-confirmed', 'outcome-failure'];
/** Evidence on maps: none, weak, moderate and strong (which has a hatch beside it), confirmed. */
const EVIDENCE = ['land', 'evidence-weak', 'outcome-anomaly', 'outcome-confirmed'];
/** Words on another ground than paper. */
const WORDS_ON = [
  ...['ink', 'muted', 'accent'].map((words) => [words, 'incomplete'] as const),
  ['paper', 'ink'],
  ['paper', 'accent'],
] as const;
/** Hatches, dots and lines, on what they lie on. */
const MARKS_ON = [
  ['outcome-anomaly-mark', 'outcome-anomaly'],
  ['outcome-failure-mark', 'outcome-failure'],
  ...['land', 'evidence-weak'].map((ground) => ['ink', ground] as const),
  ['paper', 'outcome-confirmed'],
] as const;
const HEAT = ['heat-0', 'heat-1', 'heat-2', 'heat-3', 'heat-4'];
const WITNESSES = ['witness-interference', 'witness-throughput', 'witness-tools'];
const METHODS = Object.keys(BLOCKING_METHODS).map((method) => `method-${method}`);

function pairs(names: readonly string[]): readonly (readonly [string, string])[] {
  return names.flatMap((a, index) => names.slice(index + 1).map((b) => [a, b] as const));
}

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const tokens = readTokens(css, theme);
  const color = (name: string): string => {
    const value = tokens.get(name);
    if (value === undefined) throw new Error(`tokens.css has no --${name}.`);
    return value;
  };

  it.each(['ink', 'muted', 'accent'])('text in %s has 4.5 : 1', (name) => {
    expect(contrast(color(name), color('paper'))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(WORDS_ON)('text in %s on %s has 4.5 : 1', (words, ground) => {
    expect(contrast(color(words), color(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(MARKS_ON)('%s on %s has 3 : 1', (mark, ground) => {
    expect(contrast(color(mark), color(ground))).toBeGreaterThanOrEqual(3);
  });

  it.each([...OUTCOMES, ...HEAT, ...WITNESSES, ...METHODS, 'not-tested', 'too-few-mark'])(
    'marks in %s have 3 : 1',
    (name) => {
      expect(contrast(color(name), color('paper'))).toBeGreaterThanOrEqual(3);
    },
  );

  describe.each(Object.entries(VISIONS))('%s', (_, vision) => {
    it.each([...pairs(OUTCOMES), ...pairs(EVIDENCE)])('%s is not %s', (a, b) => {
      expect(colorDifference(color(a), color(b), vision)).toBeGreaterThan(15);
    });
    it.each(HEAT.slice(1).map((name, index) => [HEAT[index] ?? '', name] as const))(
      '%s is not %s, its neighbour',
      (a, b) => {
        expect(colorDifference(color(a), color(b), vision)).toBeGreaterThan(10);
      },
    );
    it.each(pairs(WITNESSES))('%s is not %s', (a, b) => {
      expect(colorDifference(color(a), color(b), vision)).toBeGreaterThan(10);
    });
  });

  it('the heatmap goes one way in lightness after no sign at all', () => {
    const steps = HEAT.slice(1).map((name) => contrast(color(name), color('paper')));
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });
});

it('dark is the same whether the system or the reader asks for it', () => {
  const blocks = [
    ...css.matchAll(/:root(?::not\(\[data-theme='light'\]\)|\[data-theme='dark'\])\s*\{([^}]*)\}/g),
  ];
  const [system, reader] = blocks.map(([, body = '']) => body.replace(/\s+/g, ' '));
  expect(blocks.length).toBe(2);
  expect(reader).toBe(system);
});
