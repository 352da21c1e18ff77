import { StoredEvent } from '../../src/event-store/envelope';
import { CorruptLedger } from '../../src/kernel/outage';
import { WholeCommands } from '../../src/projector/whole-commands';
import { ProjectedChange } from '../../src/read-model/temporal-store';
import { storedEvent } from '../support/change';
import { aMetadata } from '../support/events';

/** `A2/3` is the second of three events of a command on stream A. `A` is a command of one event. */
const changesOf = (names: readonly string[]): ProjectedChange[] =>
  names.map((name, index) => {
    const [, stream = '', number, of] = /^([A-Z])(?:(\d)\/(\d))?$/.exec(name) ?? [];
    const part = number === undefined ? {} : { commandPart: { number: Number(number), of: Number(of) } };
    const event: StoredEvent = storedEvent({
      position: BigInt(index + 1),
      stream,
      id: name,
      metadata: aMetadata(part),
    });
    return { change: { event } } as ProjectedChange;
  });

const namesOf = (changes: readonly ProjectedChange[]): readonly string[] =>
  changes.map(({ change }) => change.event.id);

test.each<[string, readonly string[], readonly string[]]>([
  ['commands of one event', ['A', 'B'], []],
  ['a whole command', ['A', 'B1/3', 'B2/3', 'B3/3', 'C'], []],
  ['two commands one after the other', ['A1/2', 'A2/2', 'A1/2', 'A2/2'], []],
  ['the beginning of a command', ['A', 'B1/3', 'B2/3'], ['B1/3', 'B2/3']],
])('delivered in any parts, %s is given out only when it is complete', (_what, names, held) => {
  const whole = names.slice(0, names.length - held.length);
  for (let cut = 0; cut <= names.length; cut++) {
    const commands = new WholeCommands();
    const changes = changesOf(names);
    const given = [commands.add(changes.slice(0, cut)), commands.add([]), commands.add(changes.slice(cut))];
    expect(given.flatMap(namesOf)).toEqual(whole);
    const ends = given.flatMap((part) => namesOf(part).slice(-1));
    expect(ends.filter((name) => /^.([12])\/(?!\1)/.test(name))).toEqual([]);
  }
});

test.each([
  ['an event of another stream', ['A1/2', 'B']],
  ['an event of another command', ['A1/2', 'A']],
  ['a part that is left out', ['A1/3', 'A3/3']],
  ['a part that comes again', ['A1/3', 'A1/3']],
  ['the part of a longer command', ['A1/3', 'A2/4']],
])('%s inside a command is a corrupt log', (_what, names) => {
  const changes = changesOf(names);
  expect(() => new WholeCommands().add(changes)).toThrow(CorruptLedger);
  const apart = new WholeCommands();
  apart.add(changes.slice(0, 1));
  expect(() => apart.add(changes.slice(1))).toThrow(CorruptLedger);
});
