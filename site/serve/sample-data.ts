/** The first step of `npm start`: sample data when there are none. Data made from dumps are never touched. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { dataFolder } from '../engine/build-data.ts';

const folder = dataFolder();

if (existsSync(path.join(folder, 'manifest.json'))) {
  process.stdout.write(`Using the data in ${path.relative('.', folder)}.\n`);
} else {
  process.stdout.write('There are no data yet: making a synthetic sample.\n');
  const made = spawnSync(
    process.execPath,
    ['data-build/cli.ts', 'data', '--sample', 'small', '--out', folder],
    { stdio: 'inherit' },
  );
  process.exitCode = made.status ?? 1;
}
