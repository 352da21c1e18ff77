import { randomUUID } from 'node:crypto';
import { DepartmentScope } from '../../../src/auth/department-scope';
import { policyOf } from '../../../src/auth/policy';
import { rightsWith } from '../../../src/auth/policy-file';
import { Principal } from '../../../src/auth/principal';
import { CorruptLedger } from '../../../src/kernel/outage';
import { notClosing } from '../../support/ledger';
import { EndingProcess } from './ending-process';
import { BUDGET, CONFIRMER, NOW, person, PROPOSER, REDUCTION, Stage } from './stage';

let stage: Stage;
beforeEach(async () => {
  stage = await (await Stage.open()).prepare();
});
afterEach(() => stage.close());

const rule = (name: string) => ({ kind: 'RULE_VIOLATION', rule: name });

it('records only a proposal, and answers with the entity as it is', async () => {
  const { projected, needsProposal } = await stage.done(PROPOSER, 'reduceBudget', REDUCTION);
  expect(needsProposal).toBe(true);
  expect(projected).toMatchObject({
    entity: { view: { adjustment: '0.00' } },
    changes: [],
    proposal: { view: { status: 'WAITING', command: 'reduceBudget', input: REDUCTION, proposedAt: NOW } },
  });
  expect(await stage.types()).toEqual(['DepartmentRegistered', 'BudgetApproved', 'ProposalMade']);
});

it('records the fact of who proposed it, once a second person confirms', async () => {
  const code = await stage.propose({ reason: '压减', documentNo: '文〔2023〕1号' });
  stage.clock.set('2023-07-02T04:00:00.000Z');
  const { projected, position } = await stage.done(CONFIRMER, 'confirmProposal', { code, reason: '同意' });
  expect(projected).toMatchObject({
    entity: { view: { status: 'CONFIRMED', decidedBy: { sub: 'u-2' }, reason: '同意' } },
    changes: [
      { event: { type: 'ProposalConfirmed', position } },
      {
        event: {
          type: 'BudgetReduced',
          metadata: {
            actor: { sub: 'u-1' },
            confirmedBy: { sub: 'u-2' },
            proposal: code,
            effectiveAt: NOW,
            reason: '压减',
            documentNo: '文〔2023〕1号',
          },
        },
      },
    ],
  });
  expect((await stage.types()).slice(2)).toEqual([
    'ProposalMade',
    'ProposalClaimed',
    'BudgetReduced',
    'ProposalConfirmed',
  ]);
});

it('records the idempotency key of the command with its fact', async () => {
  const code = await stage.propose({ idempotencyKey: 'key-1' });
  await stage.done(CONFIRMER, 'confirmProposal', { code, idempotencyKey: 'key-2' });
  const ofType = async (wanted: string) => (await stage.events()).find(({ type }) => type === wanted)!;
  const { key } = (await ofType('ProposalMade')).data;
  expect(key).toMatchObject({ idempotencyKey: 'key-1' });
  expect((await ofType('BudgetReduced')).metadata).toMatchObject(key as object);
});

it('keeps what the token of who proposed it allowed, and nothing more', async () => {
  await stage.propose({}, person('u-1', ['finance', 'editor'], ['D1', 'D7*']));
  const made = (await stage.events()).find(({ type }) => type === 'ProposalMade');
  expect(made?.data).toMatchObject({
    department: 'D1',
    roles: ['finance', 'editor'],
    departments: ['D1', 'D7*'],
  });
});

it('is answered again under its key, to whoever may perform the command', async () => {
  const keyed = { idempotencyKey: 'key-1' };
  const code = await stage.propose(keyed);
  const before = await stage.types();
  expect(await stage.propose(keyed)).toBe(code);
  const otherwise = { ...REDUCTION, ...keyed, amount: '11' };
  expect(await stage.refusal(PROPOSER, 'reduceBudget', otherwise)).toMatchObject({ kind: 'CONFLICT' });
  const elsewhere = person('u-4', ['finance'], ['D2']);
  for (const sent of [{ ...REDUCTION, ...keyed }, otherwise]) {
    expect(await stage.refusal(elsewhere, 'reduceBudget', sent)).toMatchObject({ kind: 'FORBIDDEN' });
  }
  expect(await stage.types()).toEqual(before);
});

it('does not exist under its key to whoever may not know of its department', async () => {
  const other = await stage.another({ fourEyes: [{ action: 'cancelTask', closedOnly: false }] });
  const editor = person('u-1', ['editor']);
  await other.done(editor, 'planTask', { ...BUDGET, code: 'T1', title: '任务' });
  await other.done(editor, 'cancelTask', { code: 'T1', idempotencyKey: 'key-1' });
  const stranger = { ...person('u-9', ['editor'], ['D2']), readDepartments: DepartmentScope.of(['D2']) };
  const refusalOf = async (code: string) =>
    JSON.stringify(await other.refusal(stranger, 'cancelTask', { code, idempotencyKey: 'key-1' })).replace(
      code,
      'CODE',
    );
  expect(await refusalOf('T1')).toBe(await refusalOf('T9'));
  expect(await refusalOf('T1')).toContain('NOT_FOUND');
  await other.close();
});

it('reads what the command needs of other entities', async () => {
  const other = await stage.another({ fourEyes: [{ action: 'openEvaluation', closedOnly: false }] });
  const lines = [{ code: 'A', name: '甲', points: '100', rule: 'MANUAL' }];
  const template = { code: 'T1', department: 'D1', name: '模板', lines };
  await other.done(person('u-0', ['admin']), 'publishScoringTemplate', template);
  const { projected } = await other.done(person('u-1', ['editor']), 'openEvaluation', { ...BUDGET, template: 'T1' });
  const { code } = projected!.proposal!.entity;
  const confirmed = await other.done(person('u-2', ['editor']), 'confirmProposal', { code });
  expect(confirmed.projected!.changes[1]!.event).toMatchObject({
    type: 'EvaluationOpened',
    data: { template: { code: 'T1', version: 1 } },
  });
  await other.close();
});

describe('what a confirmation would do now', () => {
  const pending = (code: string) => stage.ledger.services.proposals.pending(code);

  it('is shown while the proposal waits', async () => {
    const code = await stage.propose();
    expect(await pending(code)).toMatchObject({
      ok: true,
      value: {
        entity: { entityType: 'BUDGET', code: 'D1.2023' },
        accepted: { events: [{ type: 'BudgetReduced', metadata: { actor: { sub: 'u-1' } } }] },
      },
    });
    await stage.done(CONFIRMER, 'confirmProposal', { code });
    expect(await pending(code)).toBeUndefined();
    expect(await pending(randomUUID())).toBeUndefined();
  });

  it('is the refusal, if a rule refuses it', async () => {
    const code = await stage.propose();
    await stage.done(PROPOSER, 'transferBudget', { ...BUDGET, fromLine: 'A', toLine: 'B', amount: '95' });
    expect(await pending(code)).toMatchObject({ ok: false, refusal: { kind: 'RULE_VIOLATION' } });
  });
});

describe('a proposal whose input is not taken any more', () => {
  const UNREADABLE = { ...REDUCTION, amount: 'ten' };

  /** As an earlier version may have recorded it. */
  async function recorded(changed: object = { input: UNREADABLE }, isClaimed = false): Promise<string> {
    await stage.propose();
    const { id: _, type, data, metadata } = (await stage.events()).at(-1)!;
    const code = randomUUID();
    const made = { id: randomUUID(), type, data: { ...data, code, ...changed }, metadata };
    const claim = { id: randomUUID(), type: 'ProposalClaimed', data: { expectedRevision: 1, events: [] }, metadata };
    const stream = stage.ledger.services.streams.streamOf({ entityType: 'PROPOSAL', code });
    await stage.log.append(stream, isClaimed ? [made, claim] : [made], 'no-stream');
    return code;
  }

  it('is not confirmed, and says why', async () => {
    const code = await recorded();
    const refused = { ok: false, refusal: { kind: 'BAD_USER_INPUT', violations: [{ path: '/input/amount' }] } };
    for (const dryRun of [true, false]) {
      expect(await stage.act(CONFIRMER, 'confirmProposal', { code }, dryRun)).toMatchObject(refused);
    }
    expect(await stage.ledger.services.proposals.pending(code)).toMatchObject(refused);
    expect(await stage.proposal(code)).toMatchObject({ status: 'WAITING' });
  });

  it.each(['enlargeBudget', 'toString'])('names %s, which is no action: the ledger is damaged', async (command) => {
    const code = await recorded({ command });
    await expect(stage.ledger.services.proposals.pending(code)).rejects.toThrow(CorruptLedger);
    for (const action of ['confirmProposal', 'rejectProposal']) {
      for (const dryRun of [true, false]) {
        const deciding = stage.act(CONFIRMER, action, { code, reason: '复核' }, dryRun);
        await expect(deciding).rejects.toThrow(CorruptLedger);
      }
    }
    // It is read as it is on record, and who proposed it may take it back.
    expect(await stage.proposal(code)).toMatchObject({ status: 'WAITING', command });
    await stage.done(PROPOSER, 'withdrawProposal', { code });
  });

  it('names no action, and its confirmation has begun: nobody finishes it', async () => {
    const code = await recorded({ command: 'enlargeBudget' }, true);
    await expect(stage.act(PROPOSER, 'withdrawProposal', { code })).rejects.toThrow(CorruptLedger);
    expect((await stage.types()).at(-1)).toBe('ProposalClaimed');
  });

  it('is rejected by whoever may reject another one', async () => {
    const code = await recorded();
    await stage.done(CONFIRMER, 'rejectProposal', { code, reason: '作废' });
    expect(await stage.proposal(code)).toMatchObject({ status: 'REJECTED' });
  });
});

test.each(['confirmProposal', 'rejectProposal'])('who proposed never decides: %s', async (action) => {
  const code = await stage.propose();
  const asked = { code, reason: '自己' };
  expect(await stage.refusal(person('u-1', ['finance', 'editor']), action, asked)).toMatchObject(rule('OWN_PROPOSAL'));
  expect(await stage.proposal(code)).toMatchObject({ status: 'WAITING' });
});

it('is not confirmed by the person that submitted the evaluation: OWN_SUBMISSION', async () => {
  const other = await stage.another({ fourEyes: [{ action: 'confirmEvaluation', closedOnly: false }] });
  const submitter = person('u-submitter', ['editor', 'finance']);
  await other.done(submitter, 'openEvaluation', BUDGET);
  await other.done(submitter, 'submitEvaluation', { ...BUDGET, selfScore: '90' });
  const { projected } = await other.done(PROPOSER, 'confirmEvaluation', BUDGET);
  const code = projected?.proposal?.entity.code;
  expect(await other.refusal(submitter, 'confirmProposal', { code })).toMatchObject(rule('OWN_SUBMISSION'));
  expect(await other.proposal(code!)).toMatchObject({ status: 'WAITING' });
  await other.done(CONFIRMER, 'confirmProposal', { code });
  expect(await other.proposal(code!)).toMatchObject({ status: 'CONFIRMED' });
  await other.close();
});

test.each([false, true])(
  'who may not correct the fact does not reject its correction; as a dry run: %s',
  async (dryRun) => {
    const other = await stage.another({ fourEyes: [{ action: 'supplementBudget', closedOnly: false }] });
    const fact = await stage.done(PROPOSER, 'supplementBudget', { ...BUDGET, line: 'A', amount: '1' });
    const correction = { ...BUDGET, change: fact.projected!.changes[0]!.event.id, amount: '9' };
    const { projected } = await other.done(PROPOSER, 'correctBudgetFact', correction);
    const rejecting = { code: projected!.proposal!.entity.code, reason: '不同意' };
    const byEditor = await other.act(person('u-4', ['editor']), 'rejectProposal', rejecting, dryRun);
    expect(byEditor).toMatchObject({ ok: false, refusal: { kind: 'FORBIDDEN' } });
    expect((await other.act(CONFIRMER, 'rejectProposal', rejecting, dryRun)).ok).toBe(true);
    await other.close();
  },
);

test.each([false, true])('nor does he confirm it; as a dry run: %s', async (dryRun) => {
  const other = await stage.another({ fourEyes: [{ action: 'supplementBudget', closedOnly: false }] });
  const fact = await stage.done(PROPOSER, 'supplementBudget', { ...BUDGET, line: 'A', amount: '1' });
  const correction = { ...BUDGET, change: fact.projected!.changes[0]!.event.id, amount: '9' };
  const { projected } = await other.done(PROPOSER, 'correctBudgetFact', correction);
  const { code } = projected!.proposal!.entity;
  for (const mayNot of [person('u-4', ['editor']), person('u-4', ['finance'], ['D2'])]) {
    const confirmed = await other.act(mayNot, 'confirmProposal', { code }, dryRun);
    expect(confirmed).toMatchObject({ ok: false, refusal: { kind: 'FORBIDDEN' } });
  }
  expect(await other.proposal(code)).toMatchObject({ status: 'WAITING' });
  expect((await other.act(CONFIRMER, 'confirmProposal', { code }, dryRun)).ok).toBe(true);
  await other.close();
});

test.each([{}, { reason: ' ' }])('a rejection needs a reason: not %j', async (sent) => {
  const code = await stage.propose();
  const refusal = await stage.refusal(CONFIRMER, 'rejectProposal', { code, ...sent });
  expect(refusal).toMatchObject({ kind: 'BAD_USER_INPUT', violations: [{ path: '/input/reason' }] });
});

test('nobody else withdraws a proposal, whatever he may do', async () => {
  const code = await stage.propose();
  for (const dryRun of [true, false]) {
    const withdrawn = await stage.act(
      person('u-5', ['finance', 'admin', 'editor']),
      'withdrawProposal',
      { code },
      dryRun,
    );
    expect(withdrawn).toMatchObject({ ok: false, refusal: { kind: 'FORBIDDEN' } });
  }
  expect(await stage.proposal(code)).toMatchObject({ status: 'WAITING' });
});

test.each([
  ['confirmProposal', 'CONFIRMED', ['ProposalConfirmed', 'BudgetReduced']],
  ['rejectProposal', 'REJECTED', ['ProposalRejected']],
])('a dry run of %s records nothing', async (action, status, types) => {
  const code = await stage.propose();
  const before = await stage.types();
  const input = { code, reason: '测试' };
  const own = await stage.act(PROPOSER, action, input, true);
  expect(own).toMatchObject({ ok: false, refusal: rule('OWN_PROPOSAL') });
  const shown = await stage.act(CONFIRMER, action, input, true);
  const changes = types.map((type) => ({ event: { type } }));
  const projected = { entity: { view: { status } }, changes };
  expect(shown).toMatchObject({ ok: true, value: { dryRun: true, projected } });
  expect(await stage.types()).toEqual(before);
  expect(await stage.proposal(code)).toMatchObject({ status: 'WAITING' });
});

test.each(['confirmProposal', 'rejectProposal'])('%s: whoever may not read gets the position only', async (action) => {
  const unread = { ...CONFIRMER, readDepartments: DepartmentScope.of(['D2']) };
  const code = await stage.propose();
  const shown = await stage.act(unread, action, { code, reason: '测试' }, true);
  expect(shown).toEqual({ ok: true, value: { position: await stage.log.head(), dryRun: true } });
});

test('nobody that may not know of a proposal finishes its confirmation', async () => {
  const ending = new EndingProcess();
  const other = await stage.another({ eventStore: () => ending.over(notClosing(stage.log)) });
  const code = await other.propose();
  for (let at = 1; !(await stage.types()).includes('ProposalClaimed'); at++) {
    await ending.endingAt(at, 'after', () => other.act(CONFIRMER, 'confirmProposal', { code }));
  }
  const before = await stage.types();
  const stranger = { ...person('u-9', ['finance'], ['D2']), readDepartments: DepartmentScope.of(['D2']) };
  for (const action of ['confirmProposal', 'rejectProposal', 'withdrawProposal']) {
    const refusalOf = (name: string) => stage.refusal(stranger, action, { code: name, reason: '不同意' });
    const nothing = randomUUID();
    const ofNothing = JSON.stringify(await refusalOf(nothing));
    expect(JSON.stringify(await refusalOf(code))).toBe(ofNothing.replace(nothing, code));
  }
  expect(await stage.types()).toEqual(before);
  await other.close();
});

describe('a role that changed between the proposal and its confirmation', () => {
  const waits = async (code: string) => {
    expect(await stage.proposal(code)).toMatchObject({ status: 'WAITING' });
    expect(await stage.types()).not.toContain('BudgetReduced');
  };

  it('of the proposer: what his token allowed then is judged by the rights of now', async () => {
    const code = await stage.propose();
    const rights = { finance: { deny: ['reduceBudget'] }, admin: { allow: ['reduceBudget'] } };
    const later = await stage.another({ policy: policyOf(rightsWith(JSON.stringify(rights))) });
    const refusal = await later.refusal(person('u-2', ['admin']), 'confirmProposal', { code });
    expect(refusal).toMatchObject({
      kind: 'FORBIDDEN',
      message: expect.stringContaining('Who proposed the command may not perform it any more'),
    });
    await later.close();
    await waits(code);
  });

  it.each<[string, Principal]>([
    ['has another role', person('u-2', ['editor'])],
    ['only watches', person('u-2', ['finance', 'auditor'])],
    ['has another department', person('u-2', ['finance'], ['D2'])],
    ['has no department', person('u-2', ['finance'], [])],
  ])('of the second person, who now %s', async (_what, confirmer) => {
    const code = await stage.propose();
    expect(await stage.refusal(confirmer, 'confirmProposal', { code })).toMatchObject({ kind: 'FORBIDDEN' });
    const rejecting = { code, reason: '不同意' };
    expect(await stage.refusal(confirmer, 'rejectProposal', rejecting)).toMatchObject({ kind: 'FORBIDDEN' });
    await waits(code);
  });

  it('of the proposer to what he was: it is his own, with any roles and in any department', async () => {
    const code = await stage.propose();
    const other = person('u-1', ['finance', 'admin', 'editor'], ['D1']);
    expect(await stage.refusal(other, 'confirmProposal', { code })).toMatchObject(rule('OWN_PROPOSAL'));
    await waits(code);
    await stage.done(person('u-1', ['finance'], ['D1']), 'withdrawProposal', { code });
    expect(await stage.proposal(code)).toMatchObject({ status: 'WITHDRAWN' });
  });
});
