import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Where this process makes a file before it gets its name. */
export const unfinishedPathOf = (path: string): string => `${path}.unfinished-${process.pid}`;

/** Removes what killed processes have left of the file. */
export function removeUnfinished(path: string): void {
  const begin = `${basename(path)}.unfinished-`;
  for (const name of readdirSync(dirname(path))) {
    const [, pid] = /^(\d+)(?:-journal)?$/.exec(name.startsWith(begin) ? name.slice(begin.length) : '') ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(dirname(path), name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
