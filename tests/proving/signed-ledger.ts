import { evidencePieces, OrderedEvent } from '../../src/evidence/files/evidence-file';
import { GrowingHeads } from '../../src/evidence/heads/growing-heads';
import { headsText } from '../../src/evidence/heads/heads-note';
import { LogTree } from '../../src/evidence/log-tree';
import { checkpointText } from '../../src/evidence/notes/checkpoint';
import { parsePolicy } from '../../src/evidence/notes/policy';
import { Signer, signerOf, signNote } from '../../src/evidence/notes/signatures';
import { printNote } from '../../src/evidence/notes/signed-note';
import { sha256 } from '../../src/evidence/tree/hashes';
import { DEFAULT_LIMITS } from '../../src/kernel/limits';
import { Projecting } from '../../src/projector/projecting';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { Asked } from '../../src/proving/asked';
import { EvidenceServices, EvidenceSource, makeEvidence } from '../../src/proving/evidence-maker';
import { SignedSize } from '../../src/proving/signed-log';
import { DerivedLists } from '../../src/reading/derived-lists';
import { LedgerReader } from '../../src/reading/ledger-reader';
import { Records } from '../../src/reading/records';
import { MemoryTiles } from '../evidence/tiles/memory-tiles';
import { FIRST } from '../evidence/notes/keys';
import { FakeLog } from '../projector/fake-log';
import { calendar, day } from '../support/day';
import { leafOf, STREAMS, TERMS } from './ledger-of-facts';

export const ORIGIN = 'ledger.example';
export const SIGNER = signerOf(ORIGIN, 'note', FIRST);

export const policyOf = ({ key }: Signer, quorum = 'none') => parsePolicy(`log ${key.text}\nquorum ${quorum}`);
export const POLICY = policyOf(SIGNER);

export interface SignedLedgerOptions {
  readonly signer?: Signer;
  readonly origin?: string;
  readonly earlierSizes?: readonly bigint[];
  /** By default, the tree ends with the last event. */
  readonly treeSize?: bigint;
}

/** A log, its read models, and its tree, signed at its end. */
export class SignedLedger {
  readonly signed: SignedSize;
  private readonly store = new MemoryTemporalStore();
  private readonly log = new FakeLog();

  private constructor(
    readonly events: readonly OrderedEvent[],
    options: SignedLedgerOptions,
  ) {
    this.log.putBack(events.map(({ event }) => event));
    this.signed = signedEnd(events, options);
  }

  static async of(events: readonly OrderedEvent[], options: SignedLedgerOptions = {}): Promise<SignedLedger> {
    const ledger = new SignedLedger(events, options);
    await ledger.project();
    return ledger;
  }

  async make(asked: Asked, source: Partial<EvidenceSource> = {}): Promise<Buffer> {
    const signed = { covering: () => this.signed };
    const from = { log: this.log, streams: STREAMS, signed, software: 'mingjian test', ...source };
    return Buffer.from([...evidencePieces((await makeEvidence(this.services(), from, asked)).file)].join(''));
  }

  services(): EvidenceServices {
    const { store, log } = this;
    const clock = { now: () => day('2023-12-31') };
    return {
      store,
      records: new Records(store),
      derived: new DerivedLists(),
      calendar,
      now: clock.now,
      reader: new LedgerReader({ store, log, clock, calendar, patienceMs: 1_000 }),
      limits: DEFAULT_LIMITS,
      lineages: TERMS.lineages,
    };
  }

  private async project(): Promise<void> {
    const projecting = new Projecting({ log: this.log, streams: STREAMS, projections: TERMS.projections });
    for (const { event, order } of this.events) {
      const before = { position: 0n, sequence: order.sequence - 1n, recordedAt: order.recordedAt };
      await this.store.write([await projecting.project(event, before)]);
    }
    await this.store.markServing();
  }
}

function signedEnd(
  events: readonly OrderedEvent[],
  { signer = SIGNER, origin = signer.key.name, earlierSizes = [], treeSize }: SignedLedgerOptions,
): SignedSize {
  const last = events.at(-1)!;
  const size = treeSize ?? last.order.sequence;
  const tree = LogTree.empty(new MemoryTiles());
  const heads = new GrowingHeads();
  for (const shown of events) {
    const { stream } = shown.event;
    const leafHash = leafOf(shown);
    while (tree.size < shown.order.sequence - 1n) tree.append(OF_OTHERS);
    tree.append(leafHash);
    heads.add({ department: departmentOf(stream), stream, leafHash });
  }
  while (tree.size < size) tree.append(OF_OTHERS);
  tree.write();
  const note = (text: string) => printNote({ text, signatures: [signNote(text, signer)] });
  const known = heads.now;
  return {
    treeSize: size,
    position: last.event.position,
    checkpoint: note(checkpointText({ origin, treeSize: size, rootHash: tree.rootHash })),
    headsNote: note(headsText({ origin, treeSize: size, rootHash: known.rootHash })),
    earlierSizes,
    hashOf: tree.hashOf,
    headProof: (department, stream) => known.prove(department, stream),
    headsOf: (department) => known.entitiesOf(department),
  };
}

/** The leaf of events that no test reads. */
const OF_OTHERS = sha256('an event');

/** Of the streams of the tests. */
const departmentOf = (stream: string): string => /D\d/.exec(stream)?.[0] ?? 'D1';
