/** The revision that an append must follow; -1 if there is no stream. */
export type Expected = number | 'any' | 'exists';

export type CommitCheck =
  | { readonly kind: 'ok'; readonly current: number }
  | { readonly kind: 'wrong-version'; readonly current: number }
  /** All events are recorded already, up to this revision. */
  | { readonly kind: 'repeated'; readonly revision: number }
  /**
   * All events are being recorded by an append that is not finished yet. The server drops the repeated one without an answer.
   */
  | { readonly kind: 'dropped' };

/** What the server remembers of recent event ids. */
const RECENT_IDS = 1000;

/** Like the server's IndexWriter.CheckCommit: by position if a revision is expected, by recent memory if none is. */
export class StreamVersions {
  private readonly ids = new Map<string, string[]>();
  private readonly recent = new Map<string, { readonly stream: string; readonly revision: number }>();

  /** `onRecord`: how many events of the stream can be read already. */
  check(stream: string, expected: Expected, ids: readonly string[], onRecord: number): CommitCheck {
    const inStream = this.ids.get(stream) ?? [];
    const current = inStream.length - 1;
    if (expected === 'exists' && current < 0) return { kind: 'wrong-version', current };
    const found = (revision: number): CommitCheck =>
      revision < onRecord ? { kind: 'repeated', revision } : { kind: 'dropped' };

    if (typeof expected === 'string') {
      const places = ids.map((id) => this.recent.get(id)).filter((place) => place?.stream === stream);
      if (places.length === 0) return { kind: 'ok', current };
      return places.length === ids.length ? found(places.at(-1)!.revision) : { kind: 'wrong-version', current };
    }
    if (expected === current) return { kind: 'ok', current };
    const repeated = expected < current && ids.every((id, index) => inStream[expected + 1 + index] === id);
    return repeated ? found(expected + ids.length) : { kind: 'wrong-version', current };
  }

  add(stream: string, ids: readonly string[]): void {
    const inStream = this.ids.get(stream) ?? [];
    this.ids.set(stream, inStream);
    for (const id of ids) {
      inStream.push(id);
      this.recent.set(id, { stream, revision: inStream.length - 1 });
    }
    for (const id of this.recent.keys()) {
      if (this.recent.size <= RECENT_IDS) break;
      this.recent.delete(id);
    }
  }

  forgetRecent(): void {
    this.recent.clear();
  }
}
