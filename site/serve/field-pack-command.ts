/** `npm run field-pack -- DIST PLACE --out FILE [--key KEY]`: one place as a ZIP, with a detached signature when a key is named. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeFieldPack } from './field-pack.ts';

/** What a signature is for, so that one made for something else does not count. */
const NAMESPACE = 'interference-atlas';
const USE = 'Use: npm run field-pack -- DIST KE --out FILE.zip [--key ~/.ssh/id_ed25519]';

try {
  const { values, positionals } = parseArgs({
    options: { out: { type: 'string' }, key: { type: 'string' } },
    allowPositionals: true,
  });
  const [dist, place] = positionals;
  if (dist === undefined || place === undefined || positionals.length > 2)
    throw new Error(`A folder and a place are needed.\n${USE}`);
  const out = values.out ?? `interference-atlas-${place}.zip`;
  const pack = makeFieldPack(dist, place);
  writeFileSync(out, pack);
  process.stdout.write(`${out}: ${String(pack.byteLength)} bytes\n`);
  if (values.key !== undefined) {
    execFileSync('ssh-keygen', ['-Y', 'sign', '-f', values.key, '-n', NAMESPACE, out], {
      stdio: ['inherit', 'inherit', 'inherit'],
    });
    process.stdout.write(`${out}.sig: signed with ${values.key}\n`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
