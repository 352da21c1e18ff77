import { Position, ReadPosition, START } from '@kurrent/kurrentdb-client';
import { StoredEvent } from '../../envelope';
import { decodeEvent, Received } from './stored-events';

/** How far a read of the log has come, and from where the server should continue. */
export class Progress {
  private from: ReadPosition;
  private fromServer: boolean;

  /** Everything up to `position` has been delivered. */
  constructor(public position: bigint) {
    this.from = position === 0n ? START : { commit: position, prepare: position };
    this.fromServer = position === 0n;
  }

  get start(): ReadPosition {
    return this.from;
  }

  /** Returns the events that have not been delivered yet. */
  take(received: readonly Received[]): readonly StoredEvent[] {
    const events = received.map(decodeEvent).filter(({ position }) => position > this.position);
    const last = events.at(-1);
    if (last) {
      this.position = last.position;
      this.skipTo({ commit: last.position, prepare: last.position });
    }
    return events;
  }

  skipTo(at: Position): void {
    if (this.from !== START && typeof this.from === 'object' && at.commit < this.from.commit) return;
    this.from = at;
    this.fromServer = true;
  }

  /** A caller may start after a position that has no event, which the server refuses. Then the log is read from its start. */
  startOver(): boolean {
    if (this.fromServer) return false;
    this.from = START;
    this.fromServer = true;
    return true;
  }
}
