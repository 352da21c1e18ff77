import { existsSync, readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { checkFile } from './check-file';
import { ChildEnd, ChildLine, linesOf } from './child-answer';
import { RefusedFile } from './refused-file';
import type * as Parsing from './parse-workbook';

/** The process that reads one file from its input, and writes the cells to its output. It has no rights and no secrets. */
async function main(): Promise<void> {
  const file = await buffer(process.stdin);
  const kind = await checkFile(file);
  // Loaded late: a file that is refused needs little memory.
  const { parseWorkbook } = module.require('./parse-workbook') as typeof Parsing;
  for (const line of linesOf(parseWorkbook(file, kind))) write(line);
}

const write = (line: ChildLine): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

const end = (outcome: Omit<ChildEnd, 'maxBytes'>): void => {
  write({ end: { ...outcome, maxBytes: peakBytes() } });
};

/** The most memory that this process has had. What `resourceUsage` counts on Linux includes the process that started it. */
function peakBytes(): number {
  const status = existsSync(STATUS) ? readFileSync(STATUS, 'utf8') : '';
  const [, kilobytes] = /^VmHWM:\s*(\d+) kB/m.exec(status) ?? [];
  return 1024 * (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes));
}

const STATUS = '/proc/self/status';

void main().then(
  () => {
    end({});
  },
  (error: unknown) => {
    if (!(error instanceof RefusedFile)) throw error;
    end({ refused: error.message });
  },
);
