import { transformFileSync, Options } from '@swc/core';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Body } from '../../src/http/body';
import { checkFile } from '../../src/imports/file/check-file';
import type * as Parsing from '../../src/imports/file/parse-workbook';
import { FileRead, readFile } from '../../src/imports/file/read-file';
import { ProcessStarter } from '../../src/machine/starter/process-starter';
import compilerOptions from './swc.json';
import { starter } from './typescript';

const SOURCE = path.join(__dirname, '../../src/imports/file');
/** Below node_modules, so that the child finds its packages. */
const CACHE = path.join(__dirname, '../../node_modules/.cache');

let compiled: string | undefined;

/** The script of the process that reads files, as plain JavaScript: with a compiler in it, the process would take more memory. */
function compiledChild(): string {
  if (compiled !== undefined) return compiled;
  const files = readdirSync(SOURCE);
  const content = files.map((file) => readFileSync(path.join(SOURCE, file), 'utf8')).join('\0');
  const folder = path.join(CACHE, `import-child-${createHash('sha256').update(content).digest('hex').slice(0, 16)}`);
  if (!existsSync(folder)) {
    mkdirSync(CACHE, { recursive: true });
    const made = mkdtempSync(path.join(CACHE, 'import-child-'));
    for (const file of files) {
      const { code } = transformFileSync(path.join(SOURCE, file), { ...(compilerOptions as Options), swcrc: false });
      writeFileSync(path.join(made, file.replace(/\.ts$/, '.js')), code);
    }
    try {
      renameSync(made, folder);
    } catch {
      // Another process was faster.
    }
  }
  return (compiled = path.join(folder, 'child.js'));
}

/** Reads a file as the server does. */
export const readCompiled = (file: Buffer): Promise<FileRead> => readFile([file], { child: compiledChild(), starter });

/** Lets the servers that are started in this process read files, although the script of their child is not compiled. */
export function compileChildren(): void {
  const startSpeaking = starter.startSpeaking.bind(starter);
  jest.spyOn(ProcessStarter.prototype, 'startSpeaking').mockImplementation((order) => {
    const args = order.args.map((arg) => (arg === path.join(SOURCE, 'child.js') ? compiledChild() : arg));
    return startSpeaking({ ...order, args });
  });
}

/** Reads a file in this process, which is faster. */
export async function readHere(body: Body): Promise<FileRead> {
  const file = Buffer.concat(body);
  const kind = await checkFile(file);
  // The library is large, and few tests need it.
  const { parseWorkbook } = module.require('../../src/imports/file/parse-workbook') as typeof Parsing;
  return { workbook: parseWorkbook(file, kind), maxBytes: 0 };
}
