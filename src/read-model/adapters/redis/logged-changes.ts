import { StreamNames } from '../../../event-store/streams';
import { DamagedReadModels } from '../../../kernel/outage';
import { Change } from '../../change';
import { bytesOf } from '../../change-bytes';
import { DocumentKey } from '../../temporal-store';
import { readChange } from '../../written-change';
import { Question } from './by-shard';
import { Entry, positionOf } from './codec';

/** Of the version that is in force at a position: its id, and the change that made it. */
export type CarriedChange = readonly [id: string, change: string];

export interface ChangeSource {
  readonly streams: StreamNames;
  /** The answers are in the order of the questions. undefined: there was no room for it, because the answer has too many bytes. */
  carried(questions: readonly Question[], maxBytes: number): Promise<readonly (CarriedChange | null | undefined)[]>;
}

/** Limits how long one script blocks the server. */
const CHANGES_PER_SCRIPT = 500;

/** The changes of the first entries of the log, until they have `maxBytes` together; at least one. */
export async function loggedChanges(
  entries: readonly Entry[],
  maxBytes: number,
  source: ChangeSource,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  let left = maxBytes;
  while (changes.length < entries.length && left > 0) {
    const next = entries.slice(changes.length, changes.length + CHANGES_PER_SCRIPT);
    for (const change of await firstOf(next, left, source)) {
      changes.push(change);
      left -= bytesOf(change);
    }
  }
  return changes;
}

/** An entry of the log names the document that has its change, or contains the change if no document has it. */
async function firstOf(entries: readonly Entry[], maxBytes: number, source: ChangeSource): Promise<readonly Change[]> {
  const questions = entries
    .filter((entry) => !containsChange(entry))
    .map((entry): Question => ({ of: carrierOf(entry) as DocumentKey, at: positionOf(entry[0]) }));
  const carried = await source.carried(questions, maxBytes);
  const changes: Change[] = [];
  let bytes = 0;
  let nth = 0;
  for (const entry of entries) {
    if (bytes >= maxBytes) break;
    const position = positionOf(entry[0]);
    const found = containsChange(entry) ? ([entry[0], carrierOf(entry)] as const) : carried[nth++];
    if (found === undefined) break;
    if (found?.[0] !== entry[0] || found[1] === '') {
      throw new DamagedReadModels(`${carrierOf(entry)} does not have the change at position ${String(position)}`);
    }
    const change = readChange(found[1], position, source.streams);
    changes.push(change);
    bytes += bytesOf(change);
  }
  return changes;
}

const carrierOf = ([, fields]: Entry): string => fields[5] as string;
const containsChange = (entry: Entry): boolean => carrierOf(entry).startsWith('[');
