import { mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isFileError } from '../../../machine/file-errors';
import { asOutage } from '../../../machine/reaching-files';
import { ProcessStarter } from '../../../machine/starter/process-starter';
import { PrintError } from './print-error';

export interface OfficeOptions {
  /** The program of LibreOffice: a path, or a name to look for in PATH. */
  readonly program: string;
  readonly timeoutMs: number;
  /** Of address space, in KiB. */
  readonly maxMemoryKib: number;
  readonly starter: ProcessStarter;
}

/**
 * Has LibreOffice make a PDF of a DOCX, in a process of its own: with a profile of its own, a bound on its memory, and a bound on its
 * time, after which it is killed with all that it has started. Throws `PrintError`, and `Outage` if the machine starts no process or opens no
 * file.
 */
export function pdfOf(docx: Uint8Array, options: OfficeOptions, signal: AbortSignal): Promise<Uint8Array> {
  return printed(docx, options, signal).catch((error: unknown) => {
    throw asOutage(error);
  });
}

async function printed(docx: Uint8Array, options: OfficeOptions, signal: AbortSignal): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-report-'));
  try {
    await writeFile(join(folder, 'report.docx'), docx);
    await run(folder, options, signal);
    return await readFile(join(folder, 'report.pdf'));
  } catch (error) {
    if (isFileError(error) && error.code === 'ENOENT') {
      throw new PrintError('MISSING', `${options.program} made no PDF: LibreOffice Writer is needed`, { cause: error });
    }
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What a shell answers for a program that is not there. */
const NOT_FOUND = 127;

async function run(
  folder: string,
  { program, timeoutMs, maxMemoryKib, starter }: OfficeOptions,
  signal: AbortSignal,
): Promise<void> {
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
  const wanted = ['--headless', '--norestore', '--convert-to', 'pdf', '--outdir', folder, join(folder, 'report.docx')];
  const office = await starter.start({
    command: '/bin/sh',
    args: ['-c', 'ulimit -v "$0" && exec "$@"', String(maxMemoryKib), program, profile, ...wanted],
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' },
    timeoutMs,
  });
  signal.addEventListener('abort', office.kill);
  if (signal.aborted) office.kill();
  const status = await office.ended.finally(() => {
    signal.removeEventListener('abort', office.kill);
  });
  if (status === NOT_FOUND) throw new PrintError('MISSING', `${program} is not installed`);
  if (status === null) throw new PrintError('FAILED', 'LibreOffice was stopped');
  if (status !== 0) throw new PrintError('FAILED', `LibreOffice ended with ${status}`);
}
