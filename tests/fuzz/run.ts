/** `npm run fuzz -- --minutes N [--seed S]`: exit 1 when a reader failed; its seed makes the text again. */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
});
const end = performance.now() + Number(values.minutes) * 60_000;
const { tried, failures } = fuzz(
  Number(values.seed),
  (count) => count % 1_000 === 0 && performance.now() > end,
);
for (const failure of failures) console.log(JSON.stringify(failure));
console.log(`${String(tried)} texts tried, ${String(failures.length)} kinds of failure`);
process.exitCode = failures.length === 0 ? 0 : 1;
