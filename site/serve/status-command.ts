/** `npm run status -- DIST [--before DIST] [--today DAY] [--stale DAYS]`: exit 0 when nothing needs a look, 1 when something does. */
import { dayOfMillis, toDay } from '../../data-build/contract/brands.ts';
import { parseCommand } from './command-arguments.ts';
import { findAlerts, readStatus } from './status.ts';

const USE = 'Use: npm run status -- DIST [--before DIST] [--today YYYY-MM-DD] [--stale DAYS]';

async function main(): Promise<number> {
  const { values, positionals } = parseCommand(USE, {
    options: {
      before: { type: 'string' },
      today: { type: 'string' },
      stale: { type: 'string', default: '3' },
    },
    allowPositionals: true,
  });
  const [dist] = positionals;
  const today = values.today === undefined ? dayOfMillis(Date.now()) : toDay(values.today);
  const stale = Number(values.stale);
  if (dist === undefined || positionals.length > 1 || today === null || !Number.isInteger(stale))
    throw new Error(`These arguments cannot be used.\n${USE}`);
  const now = await readStatus(dist);
  const before = values.before === undefined ? null : await readStatus(values.before);
  const alerts = findAlerts(now, before, today, stale);
  process.stdout.write(
    `${now.data_version}: ${String(now.places.length)} places, ${String(now.files)} files\n`,
  );
  for (const alert of alerts) process.stdout.write(`ALERT ${alert}\n`);
  return alerts.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
