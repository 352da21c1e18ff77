import { Outage } from '../kernel/outage';
import { isFileError } from './file-errors';

/** Does something with files. An error of the file system is an outage: a full disk, or too many open files, may pass. */
export function reachingFiles<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw asOutage(error);
  }
}

/** The error as an outage if the system did not open a file, or did not start a process or a thread; any other as it is. */
export const asOutage = (error: unknown): unknown =>
  isFileError(error) || isThreadError(error) ? new Outage(error.message, { cause: error }) : error;

const isThreadError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_INIT_FAILED';
