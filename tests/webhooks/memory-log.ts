import { NewEvent, StoredEvent } from '../../src/event-store/envelope';
import { AppendResult, EventStore, ExpectedRevision } from '../../src/event-store/event-store';
import { Outage } from '../../src/kernel/outage';
import { MemoryKeeper } from './memory-keeper';

/** The record of webhooks without a disk: one stream. */
export class MemoryLog implements Pick<EventStore, 'append' | 'readStream'> {
  readonly events: StoredEvent[] = [];
  /** What processes keep of it. */
  readonly keeper = new MemoryKeeper();
  isOut = false;

  append(stream: string, [event]: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    if (this.isOut) return Promise.reject(new Outage('The record is out'));
    const revision = BigInt(this.events.length);
    const current = revision === 0n ? 'no-stream' : revision - 1n;
    if (expected !== 'any' && expected !== current) return Promise.resolve({ kind: 'conflict', current });
    // As every store does: what is read is not what was given.
    const stored = JSON.parse(JSON.stringify(event)) as NewEvent;
    this.events.push({ ...stored, stream, revision, position: revision + 1n, storedAt: 0 });
    return Promise.resolve({ kind: 'appended', revision, position: revision + 1n });
  }

  async *readStream(_stream: string, from = 0n): AsyncGenerator<StoredEvent> {
    await Promise.resolve();
    if (this.isOut) throw new Outage('The record is out');
    yield* this.events.slice(Number(from));
  }
}

/** The log as one process has it. After the process was killed, it records nothing more. */
export function ofProcess(log: MemoryLog): {
  readonly log: Pick<EventStore, 'append' | 'readStream'>;
  readonly kill: () => void;
} {
  let isDead = false;
  return {
    log: {
      append: (...call) => (isDead ? Promise.reject(new Outage('killed')) : log.append(...call)),
      readStream: (...call) => log.readStream(...call),
    },
    kill: () => {
      isDead = true;
    },
  };
}
