/** Firefox over WebDriver BiDi: its own protocol on a WebSocket, without a driver between. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { at, DrivenBrowser } from './driven-browser.ts';

const NAMES = ['firefox-esr', 'firefox'];

/** Nothing but what pages do, and a clipboard that can be read. */
const PREFERENCES = {
  'dom.events.testing.asyncClipboard': true,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.auto': false,
};

/** The command that starts it; null: none is there. */
export function findFirefox(): string | null {
  return NAMES.find((name) => spawnSync(name, ['--version']).status === 0) ?? null;
}

/** What is downloaded lies in `folder`, beside the profile. */
export async function launchFirefox(command: string, folder: string): Promise<DrivenBrowser> {
  const profile = path.join(folder, 'profile');
  mkdirSync(profile);
  const lines = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${String(value)});\n`,
  );
  writeFileSync(path.join(profile, 'user.js'), lines.join(''));
  const child = spawn(
    command,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0'],
    { env: { ...process.env, HOME: profile }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => {
      reject(new Error(`${command} ended before it could be driven:\n${said}`));
    });
  });
  const socket = new WebSocket(`${address}/session`);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const waiting = new Map<unknown, (answer: unknown) => void>();
  const complaints: string[] = [];
  const requests: string[] = [];
  socket.addEventListener('message', ({ data }) => {
    const message: unknown = JSON.parse(String(data));
    const method = at(message, 'method');
    waiting.get(at(message, 'id'))?.(message);
    if (method === 'log.entryAdded' && at(message, 'params', 'level') === 'error')
      complaints.push(String(at(message, 'params', 'text')));
    if (method === 'network.beforeRequestSent')
      requests.push(String(at(message, 'params', 'request', 'url')));
  });
  let asked = 0;
  const send = async (method: string, params: object): Promise<unknown> => {
    asked += 1;
    const id = asked;
    const answered = new Promise<unknown>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const answer = await answered;
    waiting.delete(id);
    if (at(answer, 'type') !== 'error') return at(answer, 'result');
    throw new Error(`${method}: ${String(at(answer, 'message'))}`);
  };

  await send('session.new', { capabilities: {} });
  await send('session.subscribe', { events: ['log.entryAdded', 'network.beforeRequestSent'] });
  await send('browser.setDownloadBehavior', {
    downloadBehavior: { type: 'allowed', destinationFolder: folder },
  });
  await send('script.addPreloadScript', {
    functionDeclaration: `() => document.addEventListener('securitypolicyviolation', (event) =>
      console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))`,
  });
  const context = at(await send('browsingContext.create', { type: 'tab' }), 'context');
  await send('browsingContext.setViewport', { context, viewport: { width: 1280, height: 900 } });

  return new DrivenBrowser({
    complaints,
    requests,
    async goTo(url) {
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    async evaluate(expression) {
      const answer = await send('script.evaluate', {
        target: { context },
        expression,
        awaitPromise: true,
      });
      if (at(answer, 'type') === 'exception')
        throw new Error(String(at(answer, 'exceptionDetails', 'text')));
      return String(at(answer, 'result', 'value'));
    },
    async act(source) {
      await send('input.performActions', { context, actions: [source] });
    },
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      socket.close();
      child.kill('SIGTERM');
      await ended;
    },
  });
}
