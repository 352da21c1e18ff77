import { commandOfItemsInput } from '../../actions/command-fields';
import { InputObject } from '../../input/field';
import { isBlank } from '../../kernel/blank';
import { codeOf } from '../shared/fields';

/** What every decision on a proposal names. */
export const DecideProposalInput = commandOfItemsInput(
  'DecideProposalInput',
  '对提议的决定。幂等键与修订号以提议为范围。A decision on a proposal. idempotencyKey and expectedRevision are the proposal’s.',
  { code: codeOf('提议代码', 'The code of the proposal') },
);

type Decision = typeof DecideProposalInput extends InputObject<infer Value> ? Value : never;

/** The same, with a reason. */
export const RejectProposalInput: InputObject<Decision> = {
  ...DecideProposalInput,
  check({ reason }, context) {
    if (reason === undefined || isBlank(reason)) context.refuse('/reason', 'is required, and must not be blank');
  },
};
