/** `npm run field-pack -- DIST PLACE --out FILE [--key KEY]`: one place as a ZIP, with a detached signature when a key is named. */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { parseCommand } from './command-arguments.ts';
import { makeFieldPack } from './field-pack.ts';

/** What a signature is for, so that one made for something else does not count. */
const NAMESPACE = 'interference-atlas';
const USE = 'Use: npm run field-pack -- DIST KE --out FILE.zip [--key ~/.ssh/id_ed25519]';

/** A signature of the pack before would be one of nothing. */
function write(out: string, pack: Uint8Array): void {
  try {
    rmSync(`${out}.sig`, { force: true });
    writeFileSync(out, pack);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${out} cannot be written: ${why}.\nName a file in a folder that is there with --out.`,
    );
  }
}

function sign(out: string, key: string): void {
  try {
    execFileSync('ssh-keygen', ['-Y', 'sign', '-f', key, '-n', NAMESPACE, out], {
      stdio: 'inherit',
    });
  } catch {
    throw new Error(
      `${out} is written, but not signed: ssh-keygen could not use ${key}.\nName a private key, of which the public one lies beside it; ssh-keygen -t ed25519 makes both.`,
    );
  }
}

try {
  const { values, positionals } = parseCommand(USE, {
    options: { out: { type: 'string' }, key: { type: 'string' } },
    allowPositionals: true,
  });
  const [dist, place] = positionals;
  if (dist === undefined || place === undefined || positionals.length > 2)
    throw new Error(`A folder and a place are needed.\n${USE}`);
  const out = values.out ?? `interference-atlas-${place}.zip`;
  const pack = makeFieldPack(dist, place);
  write(out, pack);
  process.stdout.write(`${out}: ${String(pack.byteLength)} bytes\n`);
  if (values.key !== undefined) {
    sign(out, values.key);
    process.stdout.write(`${out}.sig: signed with ${values.key}\n`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
