/** Why a file was not written. */
export class WritingError extends Error {
  override readonly name = 'WritingError';

  constructor(
    /** BUSY: too many files of one caller wait. FAILED: it took too much time or memory. */
    readonly reason: 'BUSY' | 'FAILED',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
