/** `npm run mirror-check -- DIST`: exit 0 when the site works under any name, 1 when something in it would not. */
import { parseCommand } from './command-arguments.ts';
import { checkMirror } from './mirror-check.ts';

const USE = 'Use: npm run mirror-check -- DIST';

try {
  const { positionals } = parseCommand(USE, { allowPositionals: true });
  const [dist] = positionals;
  if (dist === undefined || positionals.length > 1)
    throw new Error(`Name one folder of a built site.\n${USE}`);
  const { base, pages, addresses, mirrors, faults } = checkMirror(dist);
  for (const mirror of mirrors) process.stdout.write(`Names ${mirror}\n`);
  for (const fault of faults.slice(0, 50)) process.stdout.write(`FAULT ${fault}\n`);
  const verdict =
    faults.length === 0
      ? `The site works under any name, at the path ${base}`
      : 'Mend these first.';
  process.stdout.write(
    `${String(pages)} pages, ${String(addresses)} addresses, ${String(faults.length)} faults. ${verdict}\n`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
