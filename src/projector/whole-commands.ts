import { endsCommand, StoredEvent } from '../event-store/envelope';
import { CorruptLedger } from '../kernel/outage';
import { ProjectedChange } from '../read-model/temporal-store';

/**
 * Holds back the changes of a command until all of them are there, so that the read models never end inside a command. A
 * subscription can deliver the events of one append in parts.
 */
export class WholeCommands {
  private held: readonly ProjectedChange[] = [];

  /** The changes of all commands that are complete now. Throws `CorruptLedger` if something is between the events of a command. */
  add(changes: readonly ProjectedChange[]): readonly ProjectedChange[] {
    let before = this.held.at(-1)?.change.event;
    for (const { change } of changes) {
      if (before !== undefined && !endsCommand(before)) requireNext(before, change.event);
      before = change.event;
    }
    const all = this.held.length === 0 ? changes : [...this.held, ...changes];
    const end = all.findLastIndex(({ change }) => endsCommand(change.event)) + 1;
    this.held = all.slice(end);
    return end === all.length ? all : all.slice(0, end);
  }
}

function requireNext(before: StoredEvent, { stream, position, metadata: { commandPart } }: StoredEvent): void {
  const { number = 0, of } = before.metadata.commandPart ?? {};
  if (stream === before.stream && commandPart?.number === number + 1 && commandPart.of === of) return;
  throw new CorruptLedger(
    `The log goes on at position ${String(position)} before all events of a command on ${before.stream} are there`,
  );
}
