/** Who makes a file that is not finished: processes of one machine, and machines that share a folder, are told apart. */
import { hostname } from 'node:os';

const HOST = hostname().replace(/[^\w]/g, '_');

/** `host-1234`. */
export const MAKER = `${HOST}-${process.pid}`;

/** Whether what this maker left can go: it is this process, or one of this machine that runs no more. */
export function isDone(maker: string): boolean {
  const at = maker.lastIndexOf('-');
  const pid = Number(maker.slice(at + 1));
  if (maker.slice(0, at) !== HOST || !Number.isInteger(pid)) return false;
  return pid === process.pid || !isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
