import { KeptCheckpoint } from '../kept-checkpoint';
import { signersOf } from '../notes/signatures';
import { parseNote, printNote } from '../notes/signed-note';
import { VerifierKey } from '../notes/verifier-key';
import { Hash } from '../tree/hashes';
import { UnsoundEvidence } from '../unsound';
import { AddCheckpoint, printAddCheckpoint } from './add-checkpoint';

/** How a witness that another office runs is asked. */
export interface WitnessLine {
  readonly key: VerifierKey;
  /** Resolves to what the witness answered. Throws if it cannot be reached. */
  send(body: string): Promise<WitnessReply>;
}

/** C2SP tlog-witness: 200 with cosignatures, 409 with the size that it has, or a refusal. */
export interface WitnessReply {
  readonly status: number;
  readonly body: string;
}

/** The witness does not cosign. The message says why. */
export class WitnessRefusal extends Error {}

/** A witness of this log. */
export class AskedWitness {
  /** The size that the witness has cosigned last, as far as this process knows. */
  private size = 0n;

  constructor(private readonly line: WitnessLine) {}

  get name(): string {
    return this.line.key.name;
  }

  /**
   * The note of the checkpoint with the cosignature of the witness. Throws `WitnessRefusal`: for example, the witness may have seen another
   * history.
   */
  async cosign(
    { treeSize, note }: KeptCheckpoint,
    consistency: (first: bigint, second: bigint) => readonly Hash[],
  ): Promise<string> {
    const asked = (oldSize: bigint): AddCheckpoint => ({
      oldSize,
      proof: oldSize === 0n ? [] : consistency(oldSize, treeSize),
      checkpoint: note,
    });
    let reply = await this.line.send(printAddCheckpoint(asked(this.size > treeSize ? 0n : this.size)));
    const known = reply.status === 409 ? sizeIn(reply.body) : undefined;
    if (known !== undefined) {
      if (known > treeSize) throw this.refusal(`has cosigned ${known} events, and this log has ${treeSize}`);
      reply = await this.line.send(printAddCheckpoint(asked(known)));
    }
    if (reply.status === 422 || reply.status === 409) throw this.refusal('has seen another history of this log');
    if (reply.status !== 200) throw this.refusal(`answers with status ${reply.status}`);
    const cosigned = this.withCosignature(note, reply.body);
    this.size = treeSize;
    return cosigned;
  }

  private withCosignature(note: string, lines: string): string {
    try {
      const { text, signatures } = parseNote(note);
      const added = parseNote(`${text}\n${lines}`).signatures;
      const signers = signersOf({ text, signatures: added }, [this.line.key]);
      if (signers.size === 0) throw new UnsoundEvidence('no cosignature of its key');
      const own = added.filter(({ keyName, keyId }) => keyName === this.line.key.name && keyId === this.line.key.id);
      return printNote({ text, signatures: [...signatures, ...own.slice(0, 1)] });
    } catch (error) {
      if (!(error instanceof UnsoundEvidence)) throw error;
      throw this.refusal(`answers with a wrong cosignature: ${error.message}`);
    }
  }

  private refusal(what: string): WitnessRefusal {
    return new WitnessRefusal(`Witness ${this.name} ${what}`);
  }
}

const sizeIn = (body: string): bigint | undefined => (/^\d{1,20}\n?$/.test(body) ? BigInt(body.trim()) : undefined);
