/** `npm run preview`: serves `dist/` (or the folder named) and says where. */
import path from 'node:path';
import { basePath } from './base.ts';
import { serveSite } from './server.ts';

try {
  const port = Number(process.env['PORT'] ?? '4321');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT is ${String(process.env['PORT'])}. Give a number from 0 to 65535.`);
  }
  const folder = path.resolve(process.argv[2] ?? 'dist');
  const { url } = await serveSite(folder, basePath(), port);
  process.stdout.write(`Interference Atlas is at ${url} (stop with Ctrl+C)\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
