/** What the person may decide on a proposal. */
export type Decision = 'confirmProposal' | 'rejectProposal' | 'withdrawProposal';

interface Proposed {
  readonly status: string;
  readonly command: string;
  readonly departmentCode: string;
  readonly proposedBy: { readonly sub: string };
}

interface Person {
  readonly sub: string;
  readonly mayPerform: (command: string) => boolean;
  readonly mayWriteIn: (department: string) => boolean;
}

/** Who proposed may only withdraw. A second person decides if that person may perform the command in the department. */
export function decisionsOf(
  { status, command, departmentCode, proposedBy }: Proposed,
  { sub, mayPerform, mayWriteIn }: Person,
): readonly Decision[] {
  if (status !== 'WAITING') return [];
  if (proposedBy.sub === sub) return mayPerform('withdrawProposal') ? ['withdrawProposal'] : [];
  if (!mayPerform(command) || !mayWriteIn(departmentCode)) return [];
  return (['confirmProposal', 'rejectProposal'] as const).filter(mayPerform);
}
