/** Scripts of other languages, where they are installed. */
import { spawn, spawnSync } from 'node:child_process';

/** The one that `PYTHON` names goes first. The machine’s own may have packages that another on the path has not. */
export const PYTHONS = [process.env['PYTHON'], 'python3', '/usr/bin/python3'].filter(
  (command) => command !== undefined,
);

export function isThere(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args).status === 0;
}

/** Runs a script from its standard input. Not spawnSync: this process serves the file. */
export async function runScript(
  command: string,
  args: readonly string[],
  code: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C.UTF-8', PYTHONIOENCODING: 'utf-8' },
    });
    let text = '';
    let complaints = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(text);
      else reject(new Error(`${command} ended with ${String(status)}: ${complaints}`));
    });
    child.stdin.end(code);
  });
}
