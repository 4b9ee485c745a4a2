/** nginx and Caddy with the configuration of docs/hosting and the oEmbed answers of docs/embeds.md, serving a built site below the path it was built for. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './site-build.ts';

export interface WebServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly origin: string;
  readonly close: () => void;
}

type Kind = 'nginx' | 'caddy';

/** Debian keeps nginx where only root's path reaches. */
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin`;

export function isInstalled(kind: Kind): boolean {
  const asked = spawnSync(kind, [kind === 'nginx' ? '-v' : 'version'], { env: { PATH } });
  return asked.status === 0;
}

function change(text: string, changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`The example no longer says ${from}.`);
    return changed.replaceAll(from, to);
  }, text);
}

/** What docs/embeds.md has for a server, in its order. */
function oembedExamples(language: 'nginx' | 'caddyfile'): readonly string[] {
  const text = readFileSync(path.join(ROOT, 'docs/embeds.md'), 'utf8');
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, found, code = '']) =>
    found === language ? [code] : [],
  );
}

/** The example, with its marked lines changed as its head says, and oEmbed answers put in where the document says. */
function configure(kind: Kind, folder: string, base: string, port: number): string {
  if (kind === 'caddy') {
    const text = change(readFileSync(path.join(ROOT, 'docs/hosting/Caddyfile'), 'utf8'), [
      ['atlas.example {', `http://127.0.0.1:${String(port)} {`],
      [
        'root * /srv/site # change',
        `root * ${folder}/site\n${oembedExamples('caddyfile').join('')}`,
      ],
      ['rewrite * /404.html', `rewrite * ${base}404.html`],
    ]);
    return `{\n\tadmin off\n\tstorage file_system ${folder}/storage\n}\n${text}`;
  }
  const [maps = '', locations = ''] = oembedExamples('nginx');
  const text = change(readFileSync(path.join(ROOT, 'docs/hosting/nginx.conf'), 'utf8'), [
    ['\nserver {', `\n${maps}server {`],
    ['  location / {', `${locations}  location / {`],
    ['listen 80;', `listen 127.0.0.1:${String(port)};`],
    ['root /srv/site;', `root ${folder}/site;`],
    ['error_page 404 /404.html;', `error_page 404 ${base}404.html;`],
  ]);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(' ');
  return `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 1;
events {} http { access_log off; ${temporary} ${text} }`;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No port is free.'));
        else resolve(address.port);
      });
    });
  });
}

async function untilItAnswers(origin: string, child: ChildProcess, said: () => string) {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended:\n${said()}`);
    const answer = await fetch(origin).catch(() => null);
    if (answer !== null) return;
    await new Promise(setImmediate);
  }
}

/** Serves `dist` below `base`, which ends in slashes. */
export async function startWebServer(kind: Kind, dist: string, base: string): Promise<WebServer> {
  const folder = mkdtempSync(path.join(tmpdir(), `${kind}-`));
  const home = path.join(folder, 'site', base);
  mkdirSync(path.dirname(home.replace(/\/$/, '')), { recursive: true });
  symlinkSync(dist, home.replace(/\/$/, ''));
  const port = await freePort();
  const file = path.join(folder, 'configuration');
  writeFileSync(file, configure(kind, folder, base, port));
  const args =
    kind === 'nginx'
      ? ['-p', folder, '-c', file, '-g', process.getuid?.() === 0 ? 'user root;' : '']
      : ['run', '--config', file, '--adapter', 'caddyfile'];
  const child = spawn(kind, args, {
    env: { PATH, HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  const origin = `http://127.0.0.1:${String(port)}`;
  await untilItAnswers(origin, child, () => printed);
  return {
    origin,
    close() {
      child.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
