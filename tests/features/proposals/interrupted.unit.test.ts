import { appendedBytes } from '../../../src/event-store/append-size';
import { EventStore } from '../../../src/event-store/event-store';
import { Outage, UnansweredWrite } from '../../../src/kernel/outage';
import { Patience } from '../../../src/kernel/patience';
import { unwrap } from '../../../src/kernel/refusal';
import { notClosing } from '../../support/ledger';
import { BUDGET, CONFIRMER, OTHER, PROPOSER, REDUCTION, Stage } from './stage';

/** What happens between two steps of a proposal or of its confirmation: another server writes, or the log fails. */

let stage: Stage;
/** Another server over the same log. */
let other: Stage;
beforeEach(async () => {
  stage = await (await Stage.open()).prepare();
});
afterEach(async () => {
  await other.close();
  await stage.close();
});

const confirm = (code: string, more: object = {}) => other.act(CONFIRMER, 'confirmProposal', { code, ...more });
const budgetStream = () => stage.ledger.services.streams.streamOf({ entityType: 'BUDGET', code: 'D1.2023' });
const typesSince = async (count: number) => (await stage.types()).slice(count);

/** Opens the other server, for which something happens once before it appends events of this type. */
async function beforeAppending(type: string, meanwhile: () => Promise<unknown>): Promise<void> {
  let isOver = false;
  const eventStore = (): EventStore => ({
    ...notClosing(stage.log),
    async append(stream, events, expected) {
      if (events[0]?.type === type && !isOver) {
        isOver = true;
        await meanwhile();
      }
      return stage.log.append(stream, events, expected);
    },
  });
  other = await stage.another({ eventStore });
}

/** The same, before it reads the budget. */
async function beforeReadingBudget(meanwhile: () => Promise<unknown>): Promise<void> {
  let isOver = false;
  const eventStore = (): EventStore => ({
    ...notClosing(stage.log),
    async *readStream(stream, from) {
      if (stream === budgetStream() && !isOver) {
        isOver = true;
        await meanwhile();
      }
      yield* stage.log.readStream(stream, from);
    },
  });
  other = await stage.another({ eventStore });
}

test.each([{}, { expectedRevision: 1 }, { idempotencyKey: 'c' }])(
  'the entity changes before the fact is appended: the command is judged again; with %j',
  async (more) => {
    const code = await stage.propose();
    const before = (await stage.types()).length;
    const transfer = { ...BUDGET, fromLine: 'A', toLine: 'B', amount: '1' };
    await beforeAppending('BudgetReduced', () => stage.done(OTHER, 'transferBudget', transfer));
    expect(await confirm(code, more)).toMatchObject({ ok: true });
    expect(await typesSince(before)).toEqual([
      'ProposalClaimed',
      'BudgetTransferred',
      'ProposalReleased',
      'ProposalClaimed',
      'BudgetReduced',
      'ProposalConfirmed',
    ]);
  },
);

test('the proposal is withdrawn before it is claimed: it is decided', async () => {
  const code = await stage.propose();
  await beforeAppending('ProposalClaimed', () => stage.done(PROPOSER, 'withdrawProposal', { code }));
  expect(await confirm(code)).toMatchObject({ ok: false, refusal: { rule: 'PROPOSAL_DECIDED' } });
  expect(await stage.types()).not.toContain('BudgetReduced');
});

test.each([
  ['is on record already', { amount: '60', idempotencyKey: 'k' }],
  ['would be refused now', { amount: '60' }],
])('somebody else confirms, so that the command %s: the proposal is decided', async (_what, reduction) => {
  const code = await stage.propose(reduction);
  await beforeReadingBudget(() => stage.done(OTHER, 'confirmProposal', { code }));
  expect(await confirm(code)).toMatchObject({ ok: false, refusal: { rule: 'PROPOSAL_DECIDED' } });
  expect((await stage.types()).filter((type) => type === 'BudgetReduced')).toHaveLength(1);
});

test('the command was recorded under its key without the proposal: it is not recorded again', async () => {
  other = await stage.another();
  const { proposals } = other.ledger.services;
  const code = await stage.propose({ idempotencyKey: 'k' });
  const { before, events } = unwrap((await proposals.pending(code))!).accepted;
  await stage.log.append(budgetStream(), events, before.revision);
  const recorded = await stage.types();
  const refused = { ok: false, refusal: { kind: 'CONFLICT', message: expect.stringContaining('on record already') } };
  expect(await other.act(CONFIRMER, 'confirmProposal', { code }, true)).toMatchObject(refused);
  expect(await confirm(code)).toMatchObject(refused);
  expect(await proposals.pending(code)).toMatchObject(refused);
  expect(await stage.types()).toEqual(recorded);
});

test('a claim that is too large for what a server appends now is refused', async () => {
  const code = await stage.propose({ reason: '压'.repeat(500) });
  const { accepted } = unwrap((await stage.ledger.services.proposals.pending(code))!);
  const maxAppendBytes = appendedBytes(accepted.events[0]!) + 10;
  other = await stage.another({ limits: { maxAppendBytes } });
  const proposed = await stage.types();
  expect(await confirm(code)).toMatchObject({
    ok: false,
    refusal: { kind: 'LIMIT_EXCEEDED', limit: 'maxAppendBytes' },
  });
  expect(await stage.types()).toEqual(proposed);
});

test('the log fails after the claim: it is not known whether the command is recorded', async () => {
  const code = await stage.propose(REDUCTION);
  await beforeAppending('BudgetReduced', () => Promise.reject(new Outage('The log is away')));
  await expect(confirm(code)).rejects.toThrow(UnansweredWrite);
});

test('a fault after the claim stays a fault', async () => {
  const code = await stage.propose(REDUCTION);
  await beforeAppending('BudgetReduced', () => Promise.reject(new Error('a fault of ours')));
  await expect(confirm(code)).rejects.toThrow('a fault of ours');
});

describe('another server proposes under the same key before this proposal is recorded', () => {
  const KEYED = { ...REDUCTION, idempotencyKey: 'k' };
  const made = async () => (await stage.types()).filter((type) => type === 'ProposalMade');

  test('the same command: there is one proposal', async () => {
    let code: string | undefined;
    await beforeAppending('ProposalMade', async () => {
      code = await stage.propose({ idempotencyKey: 'k' });
    });
    expect(await other.propose({ idempotencyKey: 'k' })).toBe(code);
    expect(await made()).toHaveLength(1);
  });

  test('another command: the key is used', async () => {
    await beforeAppending('ProposalMade', () => stage.propose({ amount: '20', idempotencyKey: 'k' }));
    expect(await other.refusal(PROPOSER, 'reduceBudget', KEYED)).toMatchObject({
      kind: 'CONFLICT',
      message: 'The idempotency key was used for another command on D1.2023',
    });
    expect(await made()).toHaveLength(1);
  });
});

test('a command whose claim would be too large for an append is not proposed', async () => {
  await stage.propose();
  const [proposal] = (await stage.events()).slice(-1);
  // The claim holds the event of the command, and who confirms it.
  other = await stage.another({ limits: { maxAppendBytes: appendedBytes(proposal!) + 50 } });
  const before = await stage.types();
  expect(await other.refusal(PROPOSER, 'reduceBudget', REDUCTION)).toMatchObject({
    kind: 'LIMIT_EXCEEDED',
    limit: 'maxAppendBytes',
  });
  expect(await stage.types()).toEqual(before);
});

test('a confirmation that is sent again answers what the first one recorded', async () => {
  other = await stage.another();
  const code = await stage.propose();
  const first = unwrap(await confirm(code, { idempotencyKey: 'c' }));
  const recorded = await stage.types();
  const facts = (changes: typeof first.projected) => changes?.changes.map(({ event }) => event.id);
  for (const dryRun of [true, false]) {
    const again = unwrap(await other.act(CONFIRMER, 'confirmProposal', { code, idempotencyKey: 'c' }, dryRun));
    expect(again).toMatchObject({ position: first.position });
    expect(facts(again.projected)).toEqual(facts(first.projected));
  }
  expect(await stage.types()).toEqual(recorded);
});

describe('the log hangs', () => {
  const never = () => new Promise<never>(() => undefined);
  const confirmWithPatience = (code: string) =>
    other.act(CONFIRMER, 'confirmProposal', { code }, false, new Patience(50));

  test('after the claim: it is not known whether the command is recorded', async () => {
    const code = await stage.propose();
    await beforeAppending('BudgetReduced', never);
    await expect(confirmWithPatience(code)).rejects.toThrow(UnansweredWrite);
  });

  test('before anything is sent: nothing is recorded', async () => {
    const code = await stage.propose();
    const before = await stage.types();
    await beforeReadingBudget(never);
    const confirming = confirmWithPatience(code);
    await expect(confirming).rejects.toThrow(Outage);
    await expect(confirming).rejects.not.toThrow(UnansweredWrite);
    expect(await stage.types()).toEqual(before);
  });
});
