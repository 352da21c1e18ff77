import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluationReport } from '../../src/reports/evaluation/report';
import { docxOf } from '../../src/reports/formats/docx';
import { markdownOf } from '../../src/reports/formats/markdown';
import { Printing } from '../../src/reports/formats/pdf/printing';
import { starter } from '../support/typescript';
import { eventually } from '../support/eventually';
import { temporaryFolder, TemporaryFolder } from '../support/temporary-folder';
import timeLimits from '../support/time-limits.json';
import { YEAR } from './year';

/** Programs that stand for LibreOffice: what it may do wrong can be seen without it. */

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const BOUNDS = { timeoutMs: 60_000, maxMemoryKib: 1_000_000, starter };
const DOCX = Buffer.from('a document');

function program(...lines: readonly string[]): string {
  const path = join(folder.path, 'office');
  writeFileSync(path, ['#!/bin/sh', ...lines, ''].join('\n'));
  chmodSync(path, 0o755);
  return path;
}

const print = (office: string, signal = new AbortController().signal, bounds = BOUNDS) =>
  new Printing({ program: office, ...bounds }).print(DOCX, signal);

describe('printing with LibreOffice', () => {
  test('gives the document to the program, and takes the PDF that it makes', async () => {
    const office = program('cp "$PWD/report.docx" "$PWD/report.pdf"');
    expect(Buffer.from(await print(office)).toString()).toBe('a document');
  });

  test.each([0, 3])('leaves nothing behind of a program that ends with %d', async (status) => {
    const mark = join(folder.path, 'where');
    await print(program(`pwd > ${mark}`, `exit ${status}`)).catch(() => undefined);
    expect(existsSync(readFileSync(mark, 'utf8').trim())).toBe(false);
  });

  test('says that the program is not there, or has no Writer', async () => {
    await expect(print('no-such-office')).rejects.toMatchObject({ name: 'PrintError', reason: 'MISSING' });
    await expect(print(program('exit 0'))).rejects.toMatchObject({ reason: 'MISSING' });
  });

  test('says that the program failed', async () => {
    await expect(print(program('exit 3'))).rejects.toMatchObject({
      reason: 'FAILED',
      message: expect.stringContaining('3'),
    });
  });

  test('kills a program that hangs, with all that it has started', async () => {
    const mark = join(folder.path, 'child');
    const office = program(`sleep 1000 & echo $! > ${mark}; wait`);
    await expect(print(office, undefined, { ...BOUNDS, timeoutMs: 1_000 })).rejects.toMatchObject({ reason: 'FAILED' });
    const child = Number(readFileSync(mark, 'utf8'));
    await eventually('the end of the child', () => Promise.resolve(!isRunning(child)));
  });

  test('kills the program if nobody waits for the document any more', async () => {
    const leaving = new AbortController();
    const printing = print(program('exec sleep 1000'), leaving.signal);
    leaving.abort();
    await expect(printing).rejects.toMatchObject({ reason: 'FAILED' });
  });

  test('bounds the memory of the program', async () => {
    const office = program('ulimit -v > limit', 'cp limit report.pdf');
    expect(
      Buffer.from(await print(office))
        .toString()
        .trim(),
    ).toBe('1000000');
  });

  test('prints one document after the other, and refuses more than a few that wait', async () => {
    const printing = new Printing({ program: program('cp report.docx report.pdf'), ...BOUNDS });
    const asked = Array.from({ length: 9 }, () => printing.print(DOCX, new AbortController().signal));
    const results = await Promise.allSettled(asked);
    expect(results.map(({ status }) => status)).toEqual([...Array(8).fill('fulfilled'), 'rejected']);
    expect(results[8]).toMatchObject({ reason: { reason: 'BUSY' } });
    await expect(printing.print(DOCX, new AbortController().signal)).resolves.toBeDefined();
  });
});

/** A process that was killed, but that nobody has waited for, does not run. */
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** `scripts/test` installs them, and Writer. */
const isInstalled = ['soffice', 'pdftotext'].every((name) => spawnSync('which', [name]).status === 0);

(isInstalled ? test : test.skip)(
  'LibreOffice prints the report, and every figure of it can be read back',
  async () => {
    const report = evaluationReport(YEAR);
    const pdf = await new Printing({ program: 'soffice', ...BOUNDS, maxMemoryKib: 4 * 1_024 * 1_024 }).print(
      await docxOf(report),
      new AbortController().signal,
    );
    const file = join(folder.path, 'report.pdf');
    writeFileSync(file, pdf);
    const words = spawnSync('pdftotext', ['-layout', file, '-']).stdout.toString().replace(/\s/g, '');
    const markdown = markdownOf(report);
    const figures = new Set(markdown.replace(/\[\^\d+\]/g, '').match(/\d+\.\d+/g));
    expect(figures.size).toBeGreaterThan(15);
    expect([...figures].filter((figure) => !words.includes(figure))).toEqual([]);
    for (const [, note] of markdown.matchAll(/^\[\^\d+\]: (.*)$/gm))
      expect(words).toContain(note!.replace(/\\|\s/g, ''));
  },
  2 * timeLimits.test,
);
