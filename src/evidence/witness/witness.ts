import { Clock } from '../../kernel/time';
import { Checkpoint, parseCheckpoint } from '../notes/checkpoint';
import { cosignNote, Signer, signersOf } from '../notes/signatures';
import { parseNote, printSignature, SignedNote } from '../notes/signed-note';
import { VerifierKey } from '../notes/verifier-key';
import { isConsistent } from '../tree/verify-consistency';
import { UnsoundEvidence } from '../unsound';
import { AddCheckpoint, parseAddCheckpoint } from './add-checkpoint';

/** The checkpoint that a witness has cosigned last. */
export type WitnessedTree = Pick<Checkpoint, 'treeSize' | 'rootHash'>;

/** What a witness has cosigned. If it forgets, it can be made to cosign two histories. */
export interface WitnessMemory {
  newestOf(origin: string): WitnessedTree | undefined;
  /** Returns when it is on disk. */
  keep(origin: string, tree: WitnessedTree): void;
}

/** What a witness answers (C2SP tlog-witness). */
export type WitnessAnswer =
  /** `line`: the cosignature, as a line of a signed note. */
  | { readonly kind: 'cosigned'; readonly line: string }
  | { readonly kind: 'malformed'; readonly message: string }
  | { readonly kind: 'unknown-log' }
  | { readonly kind: 'not-signed' }
  /** It has cosigned a checkpoint of another size than the request says. */
  | { readonly kind: 'conflict'; readonly treeSize: bigint }
  | { readonly kind: 'not-consistent' };

export interface WitnessOptions {
  readonly signer: Signer;
  /** The keys of the logs that it witnesses. */
  readonly logs: readonly VerifierKey[];
  readonly memory: WitnessMemory;
  readonly clock: Clock;
}

/** Cosigns the checkpoints of other logs, if each one is consistent with the one before. */
export class Witness {
  constructor(private readonly options: WitnessOptions) {}

  /** Synchronous: of two requests, the second sees what the first has left. */
  add(body: string): WitnessAnswer {
    try {
      const request = parseAddCheckpoint(body);
      const note = parseNote(request.checkpoint);
      return this.judge(request, note, parseCheckpoint(note.text));
    } catch (error) {
      if (!(error instanceof UnsoundEvidence)) throw error;
      return { kind: 'malformed', message: error.message };
    }
  }

  private judge({ oldSize, proof }: AddCheckpoint, note: SignedNote, checkpoint: Checkpoint): WitnessAnswer {
    const { logs, memory, signer, clock } = this.options;
    const { origin, treeSize, rootHash } = checkpoint;
    const keys = logs.filter(({ name }) => name === origin);
    if (keys.length === 0) return { kind: 'unknown-log' };
    if (!isSigned(note, keys)) return { kind: 'not-signed' };
    if (oldSize > treeSize) return { kind: 'malformed', message: 'The old size is larger than that of the checkpoint' };
    const before = memory.newestOf(origin);
    if (oldSize !== (before?.treeSize ?? 0n)) return { kind: 'conflict', treeSize: before?.treeSize ?? 0n };
    if (before?.treeSize === treeSize && !before.rootHash.equals(rootHash)) return { kind: 'conflict', treeSize };
    if (!follows(before, checkpoint, proof)) return { kind: 'not-consistent' };
    if (before?.treeSize !== treeSize) memory.keep(origin, { treeSize, rootHash });
    const seconds = BigInt(Math.floor(clock.now() / 1_000));
    return { kind: 'cosigned', line: printSignature(cosignNote(note.text, signer, seconds)) };
  }
}

function isSigned(note: SignedNote, keys: readonly VerifierKey[]): boolean {
  try {
    return signersOf(note, keys).size > 0;
  } catch (error) {
    if (error instanceof UnsoundEvidence) return false;
    throw error;
  }
}

function follows(
  before: WitnessedTree | undefined,
  { treeSize: second, rootHash: secondRoot }: WitnessedTree,
  proof: AddCheckpoint['proof'],
): boolean {
  // Every tree begins with no leaves.
  if (before === undefined || before.treeSize === 0n) return proof.length === 0;
  const { treeSize: first, rootHash: firstRoot } = before;
  return isConsistent({ first, second, firstRoot, secondRoot, proof });
}
