import { describe, expect, it } from 'vitest';
import { compareVersions, parseVersion } from '../../data-build/score/version.ts';

describe('versions', () => {
  it('stand in the order of Python packaging', () => {
    const ordered = [
      '0.9',
      '1.0.dev1',
      '1.0a1.dev2',
      '1.0a1',
      '1.0-beta.3',
      '1.0rc1',
      '1.0',
      '1.0+local',
      '1.0.post1.dev1',
      '1.0-1',
      '1.0.1',
      '1.10',
      `1.${'9'.repeat(200)}`,
      '1!0.1',
    ].map((text) => parseVersion(text));
    for (const [index, left] of ordered.entries()) {
      const right = ordered[index + 1];
      if (left === null || right === null) throw new Error(`Version ${index} was not read.`);
      if (right !== undefined) expect(compareVersions(left, right)).toBeLessThan(0);
    }
  });

  it('are the same with and without trailing zeros, v and capitals', () => {
    const [plain, padded] = [parseVersion('3.17'), parseVersion(' V3.17.0 ')];
    if (plain === null || padded === null) throw new Error('Not read.');
    expect(compareVersions(plain, padded)).toBe(0);
  });

  it('are refused when they are none', () => {
    for (const text of ['', 'three', '1..2', '3.17.2-', '1.0 beta x'])
      expect(parseVersion(text), text).toBeNull();
  });
});
