import { EventStore } from '../event-store/event-store';
import { StreamNames } from '../event-store/streams';
import { EventJson, eventJson, EvidenceJson, FORMAT } from '../evidence/files/evidence-file';
import { AskedMoment, momentsOf, Question, questionJson } from '../evidence/files/question';
import { closedNodes } from '../evidence/files/tree-outline';
import { leafIndexOf } from '../evidence/log-order';
import { Hash } from '../evidence/tree/hashes';
import { ReadModelBehind } from '../kernel/outage';
import { limitExceeded, unwrap } from '../kernel/refusal';
import { longWork, Worker } from '../kernel/turns';
import { Scope, ScopeServices } from '../reading/scope';
import { ReadingServices } from '../reading/services';
import { answerTo } from './answer';
import { Asked } from './asked';
import { departmentNamed } from './department';
import { historyOf, HistoryServices, LeafEvent } from './histories';
import { momentEventsOf } from './moment-events';
import { resolvedQuestion } from './resolved-question';
import { shownStreams } from './shown-streams';
import { SignedLog, SignedSize } from './signed-log';

export interface EvidenceSource {
  /** As it is stored, before any upcasting. */
  readonly log: Pick<EventStore, 'readStream' | 'readAll'>;
  readonly streams: StreamNames;
  readonly signed: SignedLog;
  /** The name and version of this program. */
  readonly software: string;
  /** Called with the number of changes that the file will show. Throws `Refused` if there is no room for them. */
  readonly reserve?: (changes: number) => void;
}

export interface MadeEvidence {
  readonly file: EvidenceJson;
  /** Of the last event in the tree that the file proves against. */
  readonly position: bigint;
}

/** What a request reads through. */
export type EvidenceServices = ScopeServices & Pick<ReadingServices, 'reader' | 'limits' | 'lineages' | 'patience'>;

/** The evidence file that answers a question. Refusals are thrown as `Refused`. */
export async function makeEvidence(
  services: EvidenceServices,
  source: EvidenceSource,
  asked: Asked,
): Promise<MadeEvidence> {
  const question = await resolvedQuestion(services, asked);
  for (const moment of momentsOf(question)) services.reads?.departments('evidence', moment, [question.department]);
  const signed = await signedSize(services, source, lastPosition(question));
  const reading: HistoryServices = {
    ...source,
    store: services.store,
    patience: services.patience,
    worker: services.work,
  };
  const { shown, left } = shownStreams(question, signed, source.streams);
  const changes = Number(shown.reduce((sum, head) => sum + head.changes, 0n));
  requireFew(changes, services.limits.maxEvidenceChanges);
  source.reserve?.(changes);

  const histories = new Map<string, readonly LeafEvent[]>();
  for (const { stream, changes: expected } of shown) {
    const events = await historyOf(reading, stream, signed);
    if (BigInt(events.length) !== expected) throw new ReadModelBehind(`${stream} is not as long as the tree says`);
    histories.set(stream, events);
  }
  const ofHistories = [...histories.values()].flat();
  const momentEvents = await momentEventsOf(reading, question, signed, ofHistories);
  const scopeAt = (moment: AskedMoment) => new Scope(services, { ...moment, recordedAt: 0 }, 'snapshot');
  const file: EvidenceJson = {
    format: FORMAT,
    software: source.software,
    question: questionJson(question),
    answer: await answerTo(question, { lineages: services.lineages, scopeAt }),
    checkpoint: signed.checkpoint,
    headsNote: signed.headsNote,
    streamPrefix: source.streams.prefix,
    department: departmentJson(question, source.streams, signed),
    entities: await entitiesJson(histories, question.department, signed, services.work),
    otherEntities: left.map(({ stream, changes, lastLeaf }) => ({
      stream,
      changes: String(changes),
      lastLeaf: base64(lastLeaf),
    })),
    momentEvents: momentEvents.map((one) => ({
      stream: one.event.stream,
      event: eventJson(one),
      leaf: base64(one.leaf),
    })),
    tree: await treeJson(signed, [...ofHistories, ...momentEvents], asked.keptSizes, services.work),
  };
  return { file, position: signed.position };
}

async function entitiesJson(
  histories: ReadonlyMap<string, readonly LeafEvent[]>,
  department: string,
  signed: SignedSize,
  worker: Worker | undefined,
): Promise<EvidenceJson['entities']> {
  const entities: EvidenceJson['entities'] = [];
  for (const [stream, leafEvents] of histories) {
    const siblings = (signed.headProof(department, stream).entityPath?.siblings ?? []).map(base64);
    const entity = { stream, events: [] as EventJson[], leaves: [] as string[], siblings };
    for (const one of leafEvents) {
      const turn = longWork.pass(worker);
      if (turn !== undefined) await turn;
      entity.events.push(eventJson(one));
      entity.leaves.push(base64(one.leaf));
    }
    entities.push(entity);
  }
  return entities;
}

/** The read models have come as far as its tree, too. */
export async function signedSize(
  { reader, patience = reader.newPatience() }: EvidenceServices,
  { signed }: Pick<EvidenceSource, 'signed'>,
  position: bigint,
): Promise<SignedSize> {
  const size = await signed.covering(position, patience.waitUntil());
  unwrap(await reader.resolve({ position: size.position }));
  return size;
}

const lastPosition = (question: Question): bigint =>
  momentsOf(question).reduce((last, { position }) => (position > last ? position : last), 0n);

function requireFew(changes: number, most: number): void {
  if (changes <= most) return;
  const message = `The evidence would show ${changes} changes; ${most} are allowed: ask about one entity instead of a department`;
  unwrap(limitExceeded('maxEvidenceChanges', message, { spent: changes, allowed: most }));
}

function departmentJson(
  { department: code }: Question,
  streams: StreamNames,
  signed: SignedSize,
): EvidenceJson['department'] {
  const { department, departmentPath } = signed.headProof(code, streams.streamOf(departmentNamed(code)));
  return { entities: String(department?.entities ?? 0n), siblings: departmentPath.siblings.map(base64) };
}

async function treeJson(
  signed: SignedSize,
  events: readonly LeafEvent[],
  keptSizes: readonly bigint[],
  worker: Worker | undefined,
): Promise<EvidenceJson['tree']> {
  const { treeSize } = signed;
  const isEarlier = (size: bigint) => size > 0n && size < treeSize;
  const earlierSizes = ascending([...signed.earlierSizes, ...keptSizes].filter(isEarlier));
  const leaves = ascending(events.map(({ event, order }) => leafIndexOf(event, order)));
  const hashes: string[] = [];
  for await (const range of longWork.each(closedNodes({ treeSize, leaves, earlierSizes }), worker)) {
    hashes.push(base64(signed.hashOf(range)));
  }
  const earlier = earlierSizes.map((size) => ({
    treeSize: String(size),
    rootHash: base64(signed.hashOf({ from: 0n, to: size })),
  }));
  const isImported = events.some(({ event }) => event.inImportedLog !== undefined);
  return { earlier, hashes, ...(isImported ? { imported: true } : {}) };
}

const ascending = (numbers: readonly bigint[]): readonly bigint[] =>
  [...new Set(numbers)].sort((left, right) => (left < right ? -1 : 1));

const base64 = (hash: Hash): string => hash.toString('base64');
