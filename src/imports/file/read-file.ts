import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { Cell, Sheet, Workbook } from '../../forms/workbook';
import { Body } from '../../http/body';
import { AbortState } from '../../kernel/async';
import { requireWaiting } from '../../kernel/outage';
import { longWork, Worker } from '../../kernel/turns';
import { ProcessStarter } from '../../machine/starter/process-starter';
import { ChildLine } from './child-answer';
import { RefusedFile } from './refused-file';

/** The cells of a file, and how much memory its process has taken. */
export interface FileRead {
  readonly workbook: Workbook;
  readonly maxBytes: number;
}

export interface ReadFileOptions {
  /** Aborts if nobody waits for the cells any more. */
  readonly signal?: AbortState;
  /** On whose behalf the cells are read. */
  readonly work?: Worker;
  /** The script of the child; by default the one beside this file. */
  readonly child?: string;
  /** Starts the child. */
  readonly starter: ProcessStarter;
}

/** A busy machine may let it wait. */
const TIMEOUT_MS = 30_000;
const HEAP_MB = 192;
/** Of all memory that the process can write to: typed arrays are not in the heap of JavaScript. */
const DATA_BYTES = 640 * 1024 * 1024;
const CPU_SECONDS = 10;
/** A third of the share of the process that answers: several files together would take all processors from it. */
const NICENESS = 5;
const PRLIMIT = '/usr/bin/prlimit';
const CHILD = path.join(__dirname, 'child.js');

/**
 * Reads a file in a process of its own, which has bounds on its memory and its time. Where there is no `prlimit`, only the heap and the time
 * are bounded. Throws `RefusedFile`, and `Outage` if the machine starts no process.
 */
export async function readFile(
  file: Body,
  { signal, work, child: script = CHILD, starter }: ReadFileOptions,
): Promise<FileRead> {
  const node = [process.execPath, `--max-old-space-size=${HEAP_MB}`, script];
  const limited = existsSync(PRLIMIT)
    ? [PRLIMIT, `--data=${DATA_BYTES}`, `--cpu=${CPU_SECONDS}`, '--core=0', ...node]
    : node;
  const [command = '', ...args] = limited;
  const child = await starter.startSpeaking({ command, args, env: {}, timeoutMs: TIMEOUT_MS, niceness: NICENESS });
  // A child that ends early does not read all of it.
  child.input.on('error', () => undefined);
  Readable.from(file).pipe(child.input);
  const kill = (): void => {
    child.kill();
    child.input.destroy();
    child.output.destroy();
  };
  signal?.addEventListener('abort', kill);
  try {
    requireWaiting(signal);
    return await readAnswer(child.output, work);
  } catch (error) {
    requireWaiting(signal);
    throw error;
  } finally {
    signal?.removeEventListener('abort', kill);
    kill();
  }
}

/** Reads a line in a turn of the event loop that has time left: a large file has thousands of cells. */
async function readAnswer(output: Readable, work: Worker | undefined): Promise<FileRead> {
  const sheets: (Sheet & { readonly cells: Cell[] })[] = [];
  for await (const text of createInterface({ input: output, crlfDelay: Infinity })) {
    await longWork.turn(work);
    const line = parsed(text);
    if ('sheet' in line) sheets.push({ ...line.sheet, cells: [] });
    else if ('cells' in line) sheets.at(-1)?.cells.push(...line.cells);
    else if (line.end.refused !== undefined) throw new RefusedFile(line.end.refused, line.end.maxBytes);
    else return { workbook: { sheets }, maxBytes: line.end.maxBytes };
  }
  throw stopped();
}

function parsed(text: string): ChildLine {
  try {
    return JSON.parse(text) as ChildLine;
  } catch {
    // The process was killed while it wrote.
    throw stopped();
  }
}

const stopped = (): RefusedFile => new RefusedFile('文件过大或过于复杂，读取已中止');
