/** The first step of `npm start`: sample data when there are none. Data made from dumps are never touched. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(process.env['DATA_DIR'] ?? 'public/data');
const dumps = path.resolve('.cache/sample');

if (existsSync(path.join(folder, 'manifest.json'))) {
  console.log(`Using the data in ${path.relative('.', folder)}.`);
} else {
  console.log('There are no data yet: making a synthetic sample.');
  const steps = [
    ['sample', '--size', 'small', '--out', dumps],
    ['data', '--dumps', dumps, '--out', folder],
  ];
  for (const step of steps) {
    if (process.exitCode !== undefined) break;
    const done = spawnSync(process.execPath, ['data-build/cli.ts', ...step], { stdio: 'inherit' });
    if (done.status !== 0) process.exitCode = done.status ?? 1;
  }
}
