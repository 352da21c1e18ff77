import { Outage } from '../../../src/kernel/outage';
import { EventStore } from '../../../src/event-store/event-store';
import { eventually } from '../../support/eventually';
import { MemoryTemporalStore } from '../../../src/read-model/adapters/memory';
import { TemporalStore } from '../../../src/read-model/temporal-store';
import { TestClock } from '../../support/clock';
import { notClosing } from '../../support/ledger';
import { EndingProcess } from './ending-process';
import { BUDGET, CONFIRMER, ENTERED, NOW, OTHER, person, PROPOSER, REDUCTION, REDUCTIONS, Stage } from './stage';

/** What must hold on every event store: whatever happens at the same time, a proposal becomes one fact or none. */

/** A log that a test can make fail at one of its next appends: before it is made, or after. */
class FaultyLog {
  private left: number | undefined;
  private when: 'before' | 'after' = 'before';

  constructor(private readonly log: EventStore) {}

  failAt(append: number, when: 'before' | 'after'): void {
    this.left = append;
    this.when = when;
  }

  readonly store = (): EventStore => ({
    ...notClosing(this.log),
    append: async (...parameters) => {
      const isLast = this.left !== undefined && --this.left === 0;
      // The process has ended: nothing is appended any more.
      if (this.left !== undefined && this.left < 0) throw new Outage('crashed');
      if (isLast && this.when === 'before') throw new Outage('crashed');
      const appended = await this.log.append(...parameters);
      if (isLast) throw new Outage('crashed');
      return appended;
    },
  });
}

interface ConfirmedCommand {
  input(number: number): object;
  /** The facts that it records. */
  readonly types: readonly string[];
  /** What somebody else does to the same entity. */
  readonly meanwhile?: readonly [string, object];
}

const LINE = { line: 'A', amount: '0.01' };

/** Commands that a second person confirms: what the n-th of them is sent with, and what it records. */
const CONFIRMED: Readonly<Record<string, ConfirmedCommand>> = {
  supplementBudget: {
    input: () => ({ ...ENTERED, ...LINE }),
    types: ['BudgetSupplemented'],
    meanwhile: ['reduceBudget', { ...ENTERED, ...LINE }],
  },
  carryOverBudget: {
    input: (number) => ({
      ...BUDGET,
      toFiscalYear: ENTERED.fiscalYear,
      lines: [{ ...LINE, toLine: 'J' }],
      idempotencyKey: `carry-${number}`,
    }),
    types: ['BudgetCarriedOut', 'BudgetCarriedIn'],
  },
};

export interface Engines {
  /** An empty log. */
  readonly openLog: () => Promise<EventStore>;
  /** Empty read models; in memory if left out. */
  readonly readModels?: () => Promise<TemporalStore>;
  /** Each call takes its time, so a process ends at fewer of them. */
  readonly areRemote?: boolean;
}

export function itDecidesOnce({ openLog, readModels, areRemote = false }: Engines): void {
  let log: EventStore;
  let stages: Stage[];

  const open = async (options: Parameters<typeof Stage.open>[0] = {}): Promise<Stage> => {
    const stage = await Stage.open({ eventStore: () => notClosing(log), readModels, ...options });
    stages.push(stage);
    return stage;
  };

  beforeEach(async () => {
    log = await openLog();
    stages = [];
  });
  afterEach(async () => {
    await Promise.all(stages.map((stage) => stage.close()));
    await log.close();
  });

  const facts = async (stage: Stage): Promise<number> =>
    (await stage.types()).filter((type) => type === 'BudgetReduced').length;

  test('two persons on two servers confirm at once', async () => {
    const [one, two] = [await (await open()).prepare(), await open()];
    const code = await one.propose();
    const results = await Promise.all([
      one.act(CONFIRMER, 'confirmProposal', { code }),
      two.act(OTHER, 'confirmProposal', { code }),
      one.act(OTHER, 'confirmProposal', { code }),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    for (const result of results) {
      if (!result.ok) expect(result.refusal).toMatchObject({ rule: 'PROPOSAL_DECIDED' });
    }
    expect(await facts(one)).toBe(1);
    expect(await one.proposal(code)).toMatchObject({ status: 'CONFIRMED' });
  });

  test('one confirms and one withdraws at once', async () => {
    const [one, two] = [await (await open()).prepare(), await open()];
    for (let round = 0; round < 4; round++) {
      const before = await facts(one);
      const code = await one.propose();
      const [confirmed, withdrawn] = await Promise.all([
        one.act(CONFIRMER, 'confirmProposal', { code }),
        two.act(PROPOSER, 'withdrawProposal', { code }),
      ]);
      expect([confirmed.ok, withdrawn.ok].sort()).toEqual([false, true]);
      expect(await one.proposal(code)).toMatchObject({ status: confirmed.ok ? 'CONFIRMED' : 'WITHDRAWN' });
      expect(await facts(one)).toBe(before + (confirmed.ok ? 1 : 0));
    }
  });

  test('others write to the entity while somebody confirms', async () => {
    const [one, two] = [await (await open()).prepare(), await open()];
    const codes = await Promise.all([1, 2, 3].map((amount) => one.propose({ amount: String(amount) })));
    const spend = () =>
      two.done(person('u-9', ['editor', 'finance']), 'recordRefund', {
        ...REDUCTION,
        amount: '1',
        reason: '退',
        effectiveAt: '2023-06-01',
      });
    await Promise.all([
      ...codes.map((code) => one.done(CONFIRMER, 'confirmProposal', { code })),
      spend(),
      spend(),
      spend(),
    ]);
    expect(await facts(one)).toBe(3);
  });

  test('the record has moved: the rule refuses, and the proposal goes on waiting', async () => {
    const stage = await (await open()).prepare();
    const code = await stage.propose({ amount: '60' });
    const other = await stage.propose({ amount: '60' });
    await stage.done(CONFIRMER, 'confirmProposal', { code });
    expect(await stage.refusal(CONFIRMER, 'confirmProposal', { code: other })).toMatchObject({
      rule: 'BUDGET_EXCEEDED',
    });
    expect(await stage.proposal(other)).toMatchObject({ status: 'WAITING' });
    await stage.done(PROPOSER, 'withdrawProposal', { code: other });
    expect(await facts(stage)).toBe(1);
  });

  test('the same key is sent twice at once, to servers with different settings', async () => {
    const [on, off] = [await (await open()).prepare(), await open({ fourEyes: [] })];
    const input = { ...REDUCTION, idempotencyKey: 'k' };
    await Promise.all([on.act(PROPOSER, 'reduceBudget', input), off.act(PROPOSER, 'reduceBudget', input)]);
    const { projected } = await on.done(PROPOSER, 'reduceBudget', input);
    const code = projected?.proposal?.entity.code;
    if (code !== undefined) await on.act(CONFIRMER, 'confirmProposal', { code });
    await Promise.all([on.done(PROPOSER, 'reduceBudget', input), off.done(PROPOSER, 'reduceBudget', input)]);
    expect(await facts(on)).toBe(1);
  });

  test('the same key is proposed twice at once', async () => {
    const [one, two] = [await (await open()).prepare(), await open()];
    const codes = await Promise.all([one, two, one].map((stage) => stage.propose({ idempotencyKey: 'k' })));
    expect(new Set(codes).size).toBe(1);
    expect((await one.types()).filter((type) => type === 'ProposalMade')).toHaveLength(1);
  });

  // Each round takes its time there. The end before a call leaves what the end after the call before it leaves.
  const cases = Object.entries(CONFIRMED).filter(([action]) => !areRemote || action === 'supplementBudget');
  describe.each(cases)('the process ends at any call of the confirmation of %s', (action, fact) => {
    test.each(areRemote ? (['after'] as const) : (['before', 'after'] as const))(
      '%s it is made: the next confirmation finishes it',
      async (when) => {
        const ending = new EndingProcess();
        const clock = new TestClock(NOW);
        const next = await open({ clock, fourEyes: [] });
        await next.prepareCarryOver();
        const stage = await open({
          clock,
          fourEyes: [{ action, closedOnly: false }],
          eventStore: () => ending.over(notClosing(log)),
          readModels: async () => ending.over((await readModels?.()) ?? new MemoryTemporalStore()),
        });
        const expectFacts = async (...counts: readonly number[]) => {
          const types = await next.types();
          for (const type of fact.types) expect(counts).toContain(types.filter((each) => each === type).length);
        };
        let proposed = 0;
        for (let at = 1, ended = true; ended; at++, proposed++) {
          const { projected } = await stage.done(PROPOSER, action, fact.input(proposed));
          const { code } = projected!.proposal!.entity;
          ended = await ending.endingAt(at, when, () => stage.act(CONFIRMER, 'confirmProposal', { code }));
          await expectFacts(proposed, proposed + 1);
          // Each state that a process may leave is met once with the entity as it was, and once after another change.
          if (at % 2 === 0 && fact.meanwhile !== undefined) await next.done(OTHER, ...fact.meanwhile);
          const confirmed = await next.act(OTHER, 'confirmProposal', { code });
          if (!confirmed.ok) expect(confirmed.refusal).toMatchObject({ rule: 'PROPOSAL_DECIDED' });
          expect(await next.proposal(code)).toMatchObject({ status: 'CONFIRMED' });
          await expectFacts(proposed + 1);
        }
        // At least each append, and the reads that it is judged on.
        expect(proposed).toBeGreaterThan(6);
      },
    );
  });

  describe.each(areRemote ? [2] : [1, 2, 3])('the process ends at append %i of a confirmation', (append) => {
    describe.each(['before', 'after'] as const)('%s it is made', (when) => {
      const crashed = async () => {
        const faulty = new FaultyLog(log);
        const stage = await (await open({ eventStore: faulty.store })).prepare();
        const code = await stage.propose();
        faulty.failAt(append, when);
        await expect(stage.act(CONFIRMER, 'confirmProposal', { code, idempotencyKey: 'c' })).rejects.toThrow(Outage);
        expect(await stage.proposal(code)).toMatchObject({
          status: append === 3 && when === 'after' ? 'CONFIRMED' : 'WAITING',
        });
        return code;
      };
      const isClaimed = append > 1 || when === 'after';

      test('the next start finishes it', async () => {
        const code = await crashed();
        const next = await open();
        const status = isClaimed ? 'CONFIRMED' : 'WAITING';
        await eventually('the claim is settled', async () => (await next.proposal(code)).status === status);
        expect(await facts(next)).toBe(isClaimed ? 1 : 0);
      });

      test('the next decision finishes it', async () => {
        const code = await crashed();
        const next = await open({ fourEyes: REDUCTIONS });
        const withdrawn = await next.act(PROPOSER, 'withdrawProposal', { code });
        expect(withdrawn.ok).toBe(!isClaimed);
        expect(await facts(next)).toBe(isClaimed ? 1 : 0);
        expect(await next.proposal(code)).toMatchObject({ status: isClaimed ? 'CONFIRMED' : 'WITHDRAWN' });
      });

      test('the same request with its key gets the first answer', async () => {
        const code = await crashed();
        const next = await open();
        const { projected } = await next.done(CONFIRMER, 'confirmProposal', { code, idempotencyKey: 'c' });
        expect(projected?.changes.map(({ event }) => event.type)).toEqual(['ProposalConfirmed', 'BudgetReduced']);
        expect(await facts(next)).toBe(1);
      });
    });
  });

  test('the entity changed before the fact of a claim was appended: the claim is released', async () => {
    const faulty = new FaultyLog(log);
    const stage = await (await open({ eventStore: faulty.store })).prepare();
    const code = await stage.propose();
    faulty.failAt(2, 'before');
    await expect(stage.act(CONFIRMER, 'confirmProposal', { code })).rejects.toThrow(Outage);
    const off = await open({ fourEyes: [] });
    await off.act(PROPOSER, 'closeBudget', BUDGET);
    await eventually('the claim is settled', async () => !(await off.types()).includes('BudgetReduced'));
    const result = await off.act(OTHER, 'confirmProposal', { code });
    if (!result.ok) expect(['BUDGET_CLOSED', 'PROPOSAL_DECIDED']).toContain((result.refusal as { rule: string }).rule);
    expect(await facts(off)).toBe((await off.proposal(code)).status === 'CONFIRMED' ? 1 : 0);
  });
}
