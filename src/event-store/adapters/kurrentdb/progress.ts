import { Position, ReadPosition, START } from '@kurrent/kurrentdb-client';
import { StoredEvent } from '../../envelope';
import { decodeEvent, Received } from './stored-events';

/** How far a reader of the log has come, and from where the server is asked to go on. */
export class Progress {
  private from: ReadPosition;
  private fromServer: boolean;

  /** All up to `position` has been delivered. */
  constructor(public position: bigint) {
    this.from = position === 0n ? START : { commit: position, prepare: position };
    this.fromServer = position === 0n;
  }

  get start(): ReadPosition {
    return this.from;
  }

  /** Those of the events that have not been delivered. */
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

  /** A caller may start behind a position at which there is no event. Then the log is gone through from its start. */
  startOver(): boolean {
    if (this.fromServer) return false;
    this.from = START;
    this.fromServer = true;
    return true;
  }
}
