import { CheckedEvidence } from '../proving/checker';
import { entityName } from '../evidence/files/names';
import { AskedMoment, momentsOf, Question } from '../evidence/files/question';
import { ShownMoment } from '../evidence/files/verify-moments';
import { Checkpoint } from '../evidence/notes/checkpoint';
import { TrustedCheckpoint } from '../evidence/notes/trusted-checkpoint';
import { formatInstant } from '../kernel/time';
import { printable } from './table';
import { CheckedProof } from './tlog-proof-check';

const PROVEN = 'PROVEN 已获证明';

/** What a file proves, line by line. */
export function reportOfEvidence(evidence: CheckedEvidence, kept: Checkpoint | undefined): string {
  const { file, checkpoint, histories, moments, fingerprint } = evidence;
  const { question, streamPrefix, software, department } = file;
  const isAboutDepartment = 'fiscalYear' in question.subject;
  return lines([
    PROVEN,
    `question      ${subjectOf(question)}`,
    ...momentsOf(question).map((moment) => `as of         ${momentText(moment)}`),
    'answer        follows from the events of the file',
    ...histories.map(
      ({ stream, events }) =>
        `history       ${entityName(stream, streamPrefix)}: all ${events.length} changes up to the checkpoint`,
    ),
    ...(isAboutDepartment ? [`entities      all ${department.entities} of the department up to the checkpoint`] : []),
    ...moments.flatMap((moment) => remarksOn(moment, checkpoint, file.tree.imported ? 1n : 0n)),
    ...checkpointLines(checkpoint),
    ...(kept === undefined
      ? []
      : [`kept          the log begins with the ${kept.treeSize} events of the checkpoint that was kept`]),
    `fingerprint   ${fingerprint}`,
    `not proven    made with ${software}`,
  ]);
}

export const reportOfProof = ({ checkpoint, form }: CheckedProof): string =>
  lines([PROVEN, `event         ${form}`, ...checkpointLines(checkpoint)]);

function checkpointLines({ origin, treeSize, rootHash, signers, cosigners }: TrustedCheckpoint): readonly string[] {
  return [
    `checkpoint    ${origin}: ${treeSize} events, root ${rootHash.toString('base64')}`,
    ...[...signers].map(({ text }) => `signed by     ${text}`),
    ...[...cosigners].map(({ text }) => `cosigned by   ${text}`),
  ];
}

function subjectOf({ kind, department, subject }: Question): string {
  const name =
    'entity' in subject ? `${subject.entity.entityType} ${subject.entity.code}` : `fiscal year ${subject.fiscalYear}`;
  return `${kind} of ${name}, department ${department}`;
}

function momentText({ position, knownAt, effectiveAt }: AskedMoment): string {
  const known = knownAt === undefined ? '' : `, known up to ${formatInstant(knownAt)}`;
  const effective = effectiveAt === undefined ? '' : `, true as of ${formatInstant(effectiveAt)}`;
  return `position ${position}${known}${effective}`;
}

/** What limits the proof of a known moment. `leavesBefore`: how many leaves are before that of the first event. */
function remarksOn(
  { asked, last, next }: ShownMoment,
  { treeSize }: Checkpoint,
  leavesBefore: bigint,
): readonly string[] {
  if (asked.knownAt === undefined) return [];
  const known = formatInstant(asked.knownAt);
  if (next === undefined) {
    const what = last.order.sequence + leavesBefore === treeSize ? 'The checkpoint has' : 'The file shows';
    return [
      `remark        ${what} no event after the moment ${known}. What was recorded after the checkpoint, it cannot show`,
    ];
  }
  const between = next.order.sequence - last.order.sequence - 1n;
  if (between === 0n) return [];
  return [`remark        the file does not show ${between} events that were recorded around the moment ${known}`];
}

const lines = (all: readonly string[]): string => all.map((line) => `${printable(line)}\n`).join('');
