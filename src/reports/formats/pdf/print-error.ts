/** Why no PDF was made. */
export class PrintError extends Error {
  override readonly name = 'PrintError';

  constructor(
    /** MISSING: LibreOffice Writer is not installed. BUSY: too many documents wait. FAILED: it may work later. */
    readonly reason: 'MISSING' | 'BUSY' | 'FAILED',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
