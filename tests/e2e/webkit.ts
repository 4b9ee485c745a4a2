/** WebKitGTK over WebDriver: Debian's `webkit2gtk-driver` has the driver and a small browser, `xvfb` the screen. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { at, DrivenBrowser } from './driven-browser.ts';
import { freePort } from '../support/web-server.ts';

/** The browser that the driver starts; null: it, the driver or the screen is not there. */
export function findWebKit(): string | null {
  const isThere = ['WebKitWebDriver', 'Xvfb'].every((name) => existsSync(`/usr/bin/${name}`));
  return isThere ? (globSync('/usr/lib/*/webkit2gtk-4.1/MiniBrowser')[0] ?? null) : null;
}

/** A screen that no one sees, with the number that it chose. */
async function startScreen(): Promise<{ readonly screen: ChildProcess; readonly name: string }> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1300x1000x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const name = await new Promise<string>((resolve, reject) => {
    screen.once('exit', () => {
      reject(new Error('Xvfb ended before it had a screen.'));
    });
    screen.stdio[3]?.once('data', (number) => {
      resolve(`:${String(number).trim()}`);
    });
  });
  return { screen, name };
}

export async function launchWebKit(command: string, folder: string): Promise<DrivenBrowser> {
  const { screen, name } = await startScreen();
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${String(port)}`], {
    env: { ...process.env, HOME: folder, DISPLAY: name },
    stdio: 'ignore',
  });
  const origin = `http://127.0.0.1:${String(port)}`;
  while ((await fetch(`${origin}/status`).catch(() => null)) === null)
    await new Promise(setImmediate);
  const send = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${origin}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const value = at(await answer.json(), 'value');
    if (answer.ok) return value;
    throw new Error(`${path}: ${String(at(value, 'message'))}`);
  };
  const options = { binary: command, args: ['--automation'] };
  const session = await send('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
  });
  const place = `/session/${String(at(session, 'sessionId'))}`;
  await send('POST', `${place}/timeouts`, { script: 120_000, pageLoad: 120_000 });
  await send('POST', `${place}/window/rect`, { x: 0, y: 0, width: 1280, height: 950 });

  return new DrivenBrowser({
    complaints: [],
    requests: [],
    async goTo(url) {
      await send('POST', `${place}/url`, { url });
    },
    async evaluate(expression) {
      const script = `const done = arguments[arguments.length - 1];
        (async () => ${expression})().then((text) => done('=' + text), (error) => done('!' + error));`;
      const told = String(await send('POST', `${place}/execute/async`, { script, args: [] }));
      if (told.startsWith('=')) return told.slice(1);
      throw new Error(told);
    },
    async act(source) {
      await send('POST', `${place}/actions`, { actions: [source] });
    },
    async close() {
      await send('DELETE', place);
      driver.kill('SIGTERM');
      screen.kill('SIGTERM');
    },
  });
}
