/** The ids (`jti`) of the tokens that are refused before they expire. */
export class RevokedTokens {
  private readonly ids = new Set<string>();
  private readonly waiting = new Map<string, Set<() => void>>();

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /**
   * A token stays revoked until the server stops, although a later list lacks it: a list that was cut off by mistake lets nobody
   * in.
   */
  revoke(ids: Iterable<string>): void {
    for (const id of ids) {
      if (this.ids.has(id)) continue;
      this.ids.add(id);
      const acts = this.waiting.get(id) ?? [];
      this.waiting.delete(id);
      for (const act of acts) act();
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
    const acts = this.waiting.get(id) ?? new Set();
    this.waiting.set(id, acts.add(act));
    return () => {
      acts.delete(act);
      if (acts.size === 0 && this.waiting.get(id) === acts) this.waiting.delete(id);
    };
  }
}
