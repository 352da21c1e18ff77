import SonicBoom from 'sonic-boom';

const STDERR = 2;

/**
 * Where the log is written. If nobody reads stderr any more, the program goes on without a log. (What pino makes by itself would try for ever
 * to write the last lines before it lets the process end.)
 */
export function stderrOutput(): SonicBoom {
  const output = new SonicBoom({ fd: STDERR });
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    // Otherwise the lines would be kept in memory.
    output.write = () => true;
    output.flushSync = () => undefined;
  });
  process.on('exit', () => {
    try {
      output.flushSync();
    } catch {
      // There is nowhere left to say so.
    }
  });
  return output;
}
