/** The demo's data does not fit the ledger: a fault of the project, not of the machine it runs on. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
}
