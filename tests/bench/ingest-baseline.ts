/** Worker of the baseline: unpacks each of its files whole and parses every line, and nothing else. */
import { readFileSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';

const NEWLINE = 10;
const files: unknown = workerData;
if (!Array.isArray(files)) throw new Error('The baseline worker needs a list of files.');
for (const file of files) {
  const bytes = gunzipSync(readFileSync(String(file)));
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, start);
    if (end === -1) break;
    JSON.parse(bytes.toString('utf8', start, end));
    start = end + 1;
  }
}
