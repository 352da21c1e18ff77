import { Outage } from '../kernel/outage';

/** An import into this log has begun and has not ended. Only a part of the history is there, so nothing is answered from it. */
export class UnfinishedImport extends Outage {
  override readonly name = 'UnfinishedImport';

  constructor() {
    super(
      'The import of this ledger is not finished, so nothing is served from it. Stop the server, and run `mingjian import-log` with the same file again',
    );
  }
}
