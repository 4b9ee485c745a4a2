/** Files of findings: all that are kept here are whole, old addresses lead on, and a wrong file stops the build in words. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readFindings } from '../../site/serve/findings.ts';
import { ROOT } from '../support/site-build.ts';
import { scratchFolder } from '../support/scratch.ts';

const OWN = path.join(ROOT, 'site/findings');

it('ships none about real events, and three that are invented', async () => {
  expect((await readFindings(OWN, 'all')).findings).toEqual([]);
  const { findings } = await readFindings(path.join(OWN, 'sample'), 'all');
  expect(findings).toHaveLength(3);
  for (const { title } of findings) expect(title).toMatch(/\(synthetic\)/);
});

it('every address that a finding had leads to one that is there', async () => {
  const { findings, former } = await readFindings(path.join(OWN, 'sample'), 'all');
  // Addresses that were published once: a name is taken out of a file only when it is added here.
  expect([...former]).toEqual([['signal-in-nz', 'signal-in-new-zealand']]);
  const named = findings.map(({ slug }) => slug);
  for (const [old, now] of former) {
    expect(named).toContain(now);
    expect(named).not.toContain(old);
  }
});

it('leaves texts under stricter licences out of the CC0 edition', async () => {
  const { findings } = await readFindings(path.join(OWN, 'sample'), 'cc0');
  expect(findings.map(({ licence }) => licence)).toEqual(['cc0', 'cc0']);
});

it.each([
  ['a finding.md', 'x', /Its name can be no address\.\nUse a–z/],
  ['a-finding.md', 'x', /a-finding\.md: It does not begin with a head.*\nBegin the file/],
  ['former.json', '{"old": "nothing"}', /old leads to nothing, which is no finding\.\nName/],
])('a wrong file is named with what to do: %s', async (name, text, message) => {
  const folder = scratchFolder(`findings-${name.replaceAll(/\W/g, '')}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), text);
  await expect(readFindings(folder, 'all')).rejects.toThrow(message);
});
