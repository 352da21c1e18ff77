/** Whether this is an error of the file system, whose message has its code and the path. */
export const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  typeof error === 'object' && error !== null && 'syscall' in error;
