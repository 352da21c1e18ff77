/** The demo's data does not fit the ledger: a bug of the project, not of the machine. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
}
