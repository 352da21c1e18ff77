import { EventEmitter } from 'node:events';

/** The ids (`jti`) of the tokens that are refused before they expire. */
export class RevokedTokens {
  private readonly ids = new Set<string>();
  private readonly revocations = new EventEmitter().setMaxListeners(0);

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /**
   * A token stays revoked until the server stops, although a later list lacks it: a list that was cut off by mistake lets nobody
   * in.
   */
  revoke(ids: Iterable<string>): void {
    for (const id of ids) {
      this.ids.add(id);
      this.revocations.emit(revocationOf(id));
    }
  }

  /** Calls `act` once, if the token is revoked later. Returns a function that ends the wait. */
  onRevoked(id: string, act: () => void): () => void {
    if (this.ids.has(id)) {
      // Never before this function has returned, as a timer.
      const immediate = setImmediate(act);
      return () => {
        clearImmediate(immediate);
      };
    }
    this.revocations.once(revocationOf(id), act);
    return () => {
      this.revocations.off(revocationOf(id), act);
    };
  }
}

/** Events such as `error` mean something else to an emitter. */
const revocationOf = (id: string): string => `revoked ${id}`;
