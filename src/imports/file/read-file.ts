import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { Workbook } from '../../forms/workbook';
import { RefusedFile } from './refused-file';

/** What the child process says about a file. */
export type ChildAnswer = { readonly refused: string } | { readonly workbook: Workbook };

/** The cells of a file, and how much memory its process has taken. */
export interface FileRead {
  readonly workbook: Workbook;
  readonly maxBytes: number;
}

export interface ReadFileOptions {
  readonly signal?: AbortSignal;
  /** The script of the child; by default the one beside this file. */
  readonly child?: string;
}

/** A busy machine may let it wait. */
const TIMEOUT_MS = 30_000;
const HEAP_MB = 192;
/** Of all memory that the process can write to: typed arrays are not in the heap of JavaScript. */
const DATA_BYTES = 640 * 1024 * 1024;
const CPU_SECONDS = 10;
const PRLIMIT = '/usr/bin/prlimit';
const CHILD = path.join(__dirname, 'child.js');

/**
 * Reads a file in a process of its own, which has bounds on its memory and its time. Where there is no `prlimit`, only the heap and the time
 * are bounded. Throws `RefusedFile`.
 */
export async function readFile(
  file: Buffer,
  { signal, child: script = CHILD }: ReadFileOptions = {},
): Promise<FileRead> {
  const node = [process.execPath, `--max-old-space-size=${HEAP_MB}`, script];
  const limited = existsSync(PRLIMIT)
    ? [PRLIMIT, `--data=${DATA_BYTES}`, `--cpu=${CPU_SECONDS}`, '--core=0', ...node]
    : node;
  const [command = '', ...arguments_] = limited;
  const child = spawn(command, arguments_, {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
    signal,
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  // A child that ends early does not read all of it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(file);
  const answer = await Promise.race([text(child.stdout), failed]);
  return readAnswer(answer);
}

function readAnswer(json: string): FileRead {
  let answer: ChildAnswer & { readonly maxBytes: number };
  try {
    answer = JSON.parse(json) as ChildAnswer & { readonly maxBytes: number };
  } catch {
    throw new RefusedFile('文件过大或过于复杂，读取已中止');
  }
  if ('refused' in answer) throw new RefusedFile(answer.refused, answer.maxBytes);
  return answer;
}
