import { existsSync, readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { checkFile } from './check-file';
import { RefusedFile } from './refused-file';
import type * as Parsing from './parse-workbook';
import type { ChildAnswer } from './read-file';

/** The process that reads one file from its input, and writes the cells to its output. It has no rights and no secrets. */
async function main(): Promise<ChildAnswer> {
  const file = await buffer(process.stdin);
  const kind = await checkFile(file);
  // Loaded late: a file that is refused needs little memory.
  const { parseWorkbook } = module.require('./parse-workbook') as typeof Parsing;
  return { workbook: parseWorkbook(file, kind) };
}

/** The most memory that this process has had. What `resourceUsage` counts on Linux includes the process that started it. */
function peakBytes(): number {
  const status = existsSync(STATUS) ? readFileSync(STATUS, 'utf8') : '';
  const [, kilobytes] = /^VmHWM:\s*(\d+) kB/m.exec(status) ?? [];
  return 1024 * (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes));
}

const STATUS = '/proc/self/status';

void main()
  .catch((error: unknown): ChildAnswer => {
    if (error instanceof RefusedFile) return { refused: error.message };
    throw error;
  })
  .then((answer) => {
    process.stdout.write(JSON.stringify({ ...answer, maxBytes: peakBytes() }));
  });
