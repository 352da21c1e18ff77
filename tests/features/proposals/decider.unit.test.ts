import { ProposalCommand, proposalDecider } from '../../../src/features/proposals/decider';
import { ProposalClaimed, ProposalMade } from '../../../src/features/proposals/events';
import { DatedFact, specificationOf } from '../../support/specification';

const TODAY = '2024-01-02';
const { given, recordOf } = specificationOf(proposalDecider, { today: TODAY, existing: [] });

const MADE: ProposalMade = {
  code: 'P',
  command: 'reduceBudget',
  input: { department: 'D1', fiscalYear: 2024, line: 'A', amount: '10' },
  entityType: 'BUDGET',
  entity: 'D1.2024',
  department: 'D1',
  fiscalYear: 2024,
  effectiveAt: '2024-01-01T00:00:00.000Z',
  roles: ['finance'],
  departments: ['D1'],
};
const CLAIM: ProposalClaimed = { expectedRevision: 3, events: [] };

/** `u-1` proposes, and `u-2` decides. */
const on = '2024-01-01';
const made: DatedFact = { type: 'ProposalMade', data: MADE, on };
const claimed: DatedFact = { type: 'ProposalClaimed', data: CLAIM, on, by: 'u-2' };
const released: DatedFact = { type: 'ProposalReleased', data: {}, on, by: 'u-2' };
const confirmed: DatedFact = { type: 'ProposalConfirmed', data: { change: 'c', changes: 1 }, on, by: 'u-2' };
const rejected: DatedFact = { type: 'ProposalRejected', data: {}, on, by: 'u-2' };
const withdrawn: DatedFact = { type: 'ProposalWithdrawn', data: {}, on };

const PROPOSE: ProposalCommand = { kind: 'propose', proposal: MADE };
const CONFIRM: ProposalCommand = { kind: 'confirm', code: 'P', confirmation: { change: 'c', changes: 2 } };
const TAKE: ProposalCommand = { kind: 'claim', code: 'P', claim: CLAIM };
const REJECT: ProposalCommand = { kind: 'reject', code: 'P' };
const WITHDRAW: ProposalCommand = { kind: 'withdraw', code: 'P' };
const PROPOSER = { actor: 'u-1' };

test('a proposal is made once', () => {
  given().when(PROPOSE).then('ProposalMade', MADE);
  given(made).when(PROPOSE).thenRefused({ kind: 'CONFLICT' });
});

describe('a proposal that waits', () => {
  test.each<[string, ProposalCommand, string, object]>([
    ['confirmed', CONFIRM, 'ProposalConfirmed', { change: 'c', changes: 2 }],
    ['claimed', TAKE, 'ProposalClaimed', CLAIM],
    ['rejected', REJECT, 'ProposalRejected', {}],
  ])('is %s by a second person, and never by the proposer', (_what, command, type, data) => {
    given(made).when(command).then(type, data);
    given(made).when(command, PROPOSER).thenRefused({ kind: 'RULE_VIOLATION', rule: 'OWN_PROPOSAL' });
  });

  test('is withdrawn by the proposer, and by nobody else', () => {
    given(made).when(WITHDRAW, PROPOSER).then('ProposalWithdrawn', {});
    given(made).when(WITHDRAW).thenRefused({ kind: 'FORBIDDEN' });
  });

  test('can be decided on after a claim was released', () => {
    given(made, claimed, released).when(REJECT).then('ProposalRejected', {});
    given(made, claimed, released).when(WITHDRAW, PROPOSER).then('ProposalWithdrawn', {});
    given(made, claimed, released).when(TAKE).then('ProposalClaimed', CLAIM);
  });
});

const DECISIONS = [
  [CONFIRM, {}],
  [TAKE, {}],
  [REJECT, {}],
  [WITHDRAW, PROPOSER],
] as const;

test('while a claim is open, nothing is decided', () => {
  for (const [command, by] of DECISIONS) {
    given(made, claimed)
      .when(command, by)
      .thenRefused({ kind: 'CONFLICT', message: 'The proposal is being confirmed' });
  }
});

test.each([
  ['CONFIRMED', [made, claimed, confirmed]],
  ['REJECTED', [made, rejected]],
  ['WITHDRAWN', [made, withdrawn]],
])('a proposal that is %s is not decided on again', (status, facts) => {
  for (const [command, by] of DECISIONS) {
    given(...facts)
      .when(command, by)
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'PROPOSAL_DECIDED', message: `Proposal P is ${status}` });
  }
});

test('there is no decision on what nobody proposed', () => {
  for (const [command, by] of DECISIONS) given().when(command, by).thenRefused({ kind: 'NOT_FOUND' });
});

test('a proposal belongs to the department of its command, whoever asks', () => {
  expect(proposalDecider.departmentOf(undefined, PROPOSE)).toBe('D1');
  expect(proposalDecider.departmentOf(undefined, CONFIRM)).toBeUndefined();
  expect(proposalDecider.departmentOf(recordOf(made), REJECT)).toBe('D1');
});
