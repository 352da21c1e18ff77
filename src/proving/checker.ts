import { canonicalForm } from '../evidence/canonical-form';
import { EvidenceFile, parseEvidence } from '../evidence/files/evidence-file';
import { fingerprintOf } from '../evidence/files/fingerprint';
import { History } from '../evidence/files/verify-histories';
import { ProvenFile, provenFile } from '../evidence/files/verify-file';
import { Checkpoint } from '../evidence/notes/checkpoint';
import { Policy } from '../evidence/notes/policy';
import { UnsoundEvidence } from '../evidence/unsound';
import { EntityName } from '../kernel/codes';
import { Json, JsonObject } from '../kernel/json';
import { TemporalStore } from '../read-model/temporal-store';
import { answerTo } from './answer';
import { departmentNamed, isOfAnotherYear } from './department';
import { firstDifference } from './first-difference';
import { LedgerTerms, ReplayedLedger } from './replayed-ledger';

export interface CheckedEvidence extends ProvenFile {
  readonly file: EvidenceFile;
  readonly fingerprint: string;
}

/** Checks evidence files without a server: only the policy says whom it trusts. */
export class EvidenceChecker {
  constructor(
    private readonly terms: LedgerTerms,
    private readonly newStore: () => TemporalStore,
  ) {}

  /** Throws `UnsoundEvidence`, which names the first thing that is wrong. `kept`: an old checkpoint of the log. */
  async check(bytes: Buffer, policy: Policy, kept?: Checkpoint): Promise<CheckedEvidence> {
    const file = parseEvidence(bytes);
    const proven = provenFile(file, policy, kept);
    await this.requireAnswer(file, proven);
    return { ...proven, file, fingerprint: fingerprintOf(bytes) };
  }

  private async requireAnswer(file: EvidenceFile, { histories }: ProvenFile): Promise<void> {
    const answer = await this.recomputed(file, histories).catch((error: unknown) => {
      if (error instanceof UnsoundEvidence) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new UnsoundEvidence(`The answer cannot be computed from the events of the file: ${reason}`);
    });
    if (canonicalForm(answer) === canonicalForm(file.answer)) return;
    const { path, left, right } = firstDifference(file.answer as Json, answer);
    throw new UnsoundEvidence(
      `The answer is wrong: at ${path} it says ${shown(left)}, and from the events follows ${shown(right)}`,
    );
  }

  private async recomputed(file: EvidenceFile, histories: readonly History[]): Promise<JsonObject> {
    const { question, streamPrefix } = file;
    const { timeZone, department } = question;
    const ledger = new ReplayedLedger(this.terms, this.newStore(), { streamPrefix, timeZone });
    requireEntities(
      file,
      histories.map(({ stream }) => ledger.entityOf(stream)),
    );
    for (const { stream } of file.otherEntities) requireOtherYear(file, ledger.entityOf(stream));
    const events = histories.flatMap((history) => history.events);
    await ledger.replay(
      [...events].sort((left, right) => (left.order.sequence < right.order.sequence ? -1 : 1)),
      department,
    );
    return answerTo(question, ledger);
  }
}

/** The file has the histories that the answer shows, and no others. */
function requireEntities({ question }: EvidenceFile, shown: readonly EntityName[]): void {
  const { subject, department } = question;
  const isShown = (name: EntityName) => shown.some((one) => isSame(one, name));
  const needed = [departmentNamed(department), ...('entity' in subject ? [subject.entity] : [])];
  const missing = needed.find((name) => !isShown(name));
  if (missing !== undefined) throw new UnsoundEvidence(`The file has no history of ${nameOf(missing)}`);
  const extra = 'entity' in subject ? shown.find((name) => !needed.some((one) => isSame(one, name))) : undefined;
  if (extra !== undefined) throw new UnsoundEvidence(`The question is not about ${nameOf(extra)}`);
}

function requireOtherYear({ question: { subject, department } }: EvidenceFile, name: EntityName): void {
  if ('fiscalYear' in subject && isOfAnotherYear(name.code, department, subject.fiscalYear)) return;
  throw new UnsoundEvidence(`The history of ${nameOf(name)} was left out of the file`);
}

const isSame = (left: EntityName, right: EntityName): boolean =>
  left.entityType === right.entityType && left.code === right.code;

const nameOf = ({ entityType, code }: EntityName): string => `${entityType} ${code}`;

const LONGEST = 200;

function shown(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : canonicalForm(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
