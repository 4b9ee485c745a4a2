/** `npm run sbom`: what the software is made of, in CycloneDX, from the lock file; without the time and the chance that npm adds. */
import { execFileSync } from 'node:child_process';
import { isFields } from '../../data-build/contract/fields.ts';
import packageJson from '../../package.json' with { type: 'json' };

const NPM = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];

const bill: unknown = JSON.parse(
  execFileSync('npm', NPM, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }),
);
const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  isFields(value) ? value : {};
const metadata = fieldsOf(fieldsOf(bill)['metadata']);
// npm takes the name of the folder.
const component = { ...fieldsOf(metadata['component']), name: packageJson.name };
const steady = {
  ...fieldsOf(bill),
  serialNumber: undefined,
  metadata: { ...metadata, timestamp: undefined, component },
};
process.stdout.write(`${JSON.stringify(steady, null, 2)}\n`);
