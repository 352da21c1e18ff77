import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isFileError } from '../../../machine/file-errors';
import { asOutage } from '../../../machine/reaching-files';
import { PrintError } from './print-error';

export interface OfficeOptions {
  /** The program of LibreOffice: a path, or a name to look for in PATH. */
  readonly program: string;
  readonly timeoutMs: number;
  /** Of address space, in KiB. */
  readonly maxMemoryKib: number;
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

function run(folder: string, { program, timeoutMs, maxMemoryKib }: OfficeOptions, signal: AbortSignal): Promise<void> {
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
  const wanted = ['--headless', '--norestore', '--convert-to', 'pdf', '--outdir', folder, join(folder, 'report.docx')];
  return new Promise((resolve, reject) => {
    const office = spawn(
      '/bin/sh',
      ['-c', 'ulimit -v "$0" && exec "$@"', String(maxMemoryKib), program, profile, ...wanted],
      // A process group of its own: LibreOffice starts other processes.
      { cwd: folder, detached: true, stdio: 'ignore', env: { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8' } },
    );
    const kill = (): void => {
      if (office.pid !== undefined && office.exitCode === null) process.kill(-office.pid, 'SIGKILL');
    };
    const timer = setTimeout(kill, timeoutMs);
    signal.addEventListener('abort', kill);
    const ended = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
    };
    office.once('error', (error) => {
      ended();
      reject(error);
    });
    office.once('close', (code) => {
      ended();
      if (code === 0) resolve();
      else if (code === NOT_FOUND) reject(new PrintError('MISSING', `${program} is not installed`));
      else
        reject(new PrintError('FAILED', code === null ? 'LibreOffice was stopped' : `LibreOffice ended with ${code}`));
    });
    if (signal.aborted) kill();
  });
}
