import { CorruptLedger } from '../kernel/outage';
import { KeptCheckpoint, KeptCheckpoints } from './kept-checkpoint';
import { FollowedLog } from './followed-log';
import { headsText } from './heads/heads-note';
import { checkpointText, parseCheckpoint } from './notes/checkpoint';
import { parseNote, printNote } from './notes/signed-note';
import { Signer, signersOf, signNote } from './notes/signatures';
import { VerifierKey } from './notes/verifier-key';
import { UnsoundEvidence } from './unsound';

/** Signs the tree of one log, and remembers what it has signed. */
export class CheckpointSigner {
  constructor(
    readonly origin: string,
    /** The newest key first. While the key is changed, the old one signs too. */
    private readonly signers: readonly Signer[],
    readonly kept: KeptCheckpoints,
    /** Those of the ledger. A process that never signs only has these. */
    private readonly keys: readonly VerifierKey[] = signers.map(({ key }) => key),
  ) {}

  get verifierKeys(): readonly string[] {
    return this.keys.map(({ text }) => text);
  }

  /** Throws `CorruptLedger` if another signer made the newest checkpoint, or if it was altered. */
  requireOwn({ note }: KeptCheckpoint): void {
    const { origin, isOurs } = this.read(note);
    if (origin !== this.origin) {
      throw new CorruptLedger(`The checkpoints that are kept are of ${origin}; the origin of a ledger never changes`);
    }
    if (isOurs) return;
    throw new CorruptLedger(
      'The checkpoints that are kept were signed with another key. If the key is changed, SIGNING_KEY_FILE has both keys, the new one first',
    );
  }

  /** What was followed has to be on disk. */
  sign(followed: FollowedLog): KeptCheckpoint {
    const { origin } = this;
    const { size: treeSize, rootHash } = followed.tree;
    const { position, recordedAt } = followed.end;
    const checkpoint = {
      treeSize,
      position,
      recordedAt,
      note: this.signed(checkpointText({ origin, treeSize, rootHash })),
      headsNote: this.signed(headsText({ origin, treeSize, rootHash: followed.heads.rootHash })),
    };
    this.kept.keep(checkpoint);
    return checkpoint;
  }

  private signed(text: string): string {
    return printNote({ text, signatures: this.signers.map((signer) => signNote(text, signer)) });
  }

  private read(note: string): { readonly origin: string; readonly isOurs: boolean } {
    try {
      const parsed = parseNote(note);
      return { origin: parseCheckpoint(parsed.text).origin, isOurs: signersOf(parsed, this.keys).size > 0 };
    } catch (error) {
      if (!(error instanceof UnsoundEvidence)) throw error;
      throw new CorruptLedger(`The newest checkpoint that is kept was altered: ${error.message}`);
    }
  }
}
