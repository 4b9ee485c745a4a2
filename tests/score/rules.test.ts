import { describe, expect, it } from 'vitest';
import { RULES, RULES_VERSION, type RuleSpec, ruleById } from '../../data-build/contract/rules.ts';
import { TESTS, testSpec } from '../../data-build/contract/vocabulary.ts';
import { SCORED_TESTS } from '../../data-build/score/score.ts';

const rules: readonly RuleSpec[] = RULES;

describe('rules', () => {
  it('have ids that are unique and say which test they are of', () => {
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
    for (const rule of rules) {
      expect(rule.id).toMatch(/^[a-z_]+\.[a-z_]+$/);
      const family = rule.id.split('.')[0] ?? '';
      if (!['envelope', 'fastpath', 'unscored'].includes(family))
        expect(rule.tests).toEqual([family]);
    }
  });

  it('give a reason and a source in words', () => {
    for (const rule of rules) {
      expect(rule.reason).toMatch(/^[A-Z].*\.$/);
      expect(rule.source.trim()).not.toBe('');
    }
  });

  it('name a method exactly where interference shows, stored flags aside', () => {
    for (const rule of rules.filter((each) => !each.id.startsWith('fastpath.'))) {
      const shows = rule.outcome === 'anomaly' || rule.outcome === 'confirmed';
      expect(rule.method !== null, rule.id).toBe(shows);
    }
  });

  it('let only websites be confirmed', () => {
    for (const rule of rules.filter((each) => each.outcome === 'confirmed'))
      for (const test of rule.tests)
        expect(test === '*' || testSpec(test).group === 'websites', rule.id).toBe(true);
  });

  it('judge exactly the tests that the vocabulary calls scored', () => {
    const scored = Object.entries(TESTS).filter(([, spec]) => spec.scored);
    expect([...SCORED_TESTS].sort()).toEqual(scored.map(([name]) => name).sort());
  });

  it('are found by id, and carry a version', () => {
    expect(ruleById('telegram.reachable')?.outcome).toBe('ok');
    expect(ruleById('constructor')).toBeNull();
    expect(RULES_VERSION).toMatch(/^\d+-[0-9a-f]{8}$/);
  });
});
