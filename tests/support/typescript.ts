import path from 'node:path';
import { ProcessStarter } from '../../src/machine/starter/process-starter';

/** How Node runs a thread or a process of the server in tests. */
export const TYPESCRIPT = ['--require', path.join(__dirname, 'run-typescript.cjs')];

/** Starts processes as the server does. */
export const starter = new ProcessStarter({ execArgv: TYPESCRIPT });
