import { Outage } from '../../kernel/outage';
import { isFileError } from '../../machine/file-errors';

/** Does something with files. An error of the file system is an outage: a full disk, or too many open files, may pass. */
export function reachingFiles<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw isFileError(error) ? new Outage(error.message, { cause: error }) : error;
  }
}
