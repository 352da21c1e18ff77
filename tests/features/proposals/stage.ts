import { perform } from '../../../src/actions/perform';
import { Performed } from '../../../src/actions/performed';
import { features } from '../../../src/app/features';
import { Ledger } from '../../../src/app/ledger';
import { DepartmentScope } from '../../../src/auth/department-scope';
import { Principal, Role } from '../../../src/auth/principal';
import { FourEyesRule } from '../../../src/command-handling/four-eyes/rules';
import { StoredEvent } from '../../../src/event-store/envelope';
import { EventStore } from '../../../src/event-store/event-store';
import { ProposalView } from '../../../src/features/proposals/views';
import { Patience } from '../../../src/kernel/patience';
import { Refusal, Result, unwrap } from '../../../src/kernel/refusal';
import { TestClock } from '../../support/clock';
import { collect } from '../../support/events';
import { notClosing, startLedger, TestLedger, TestLedgerOptions } from '../../support/ledger';

/** Persons, a budget with two lines, and commands without any entry point. */

export const NOW = '2023-06-30T04:00:00.000Z';
export const BUDGET = { department: 'D1', fiscalYear: 2023 };
/** The year that a carry-over of the budget enters. */
export const ENTERED = { department: 'D1', fiscalYear: 2024 };
export const REDUCTION = { ...BUDGET, line: 'A', amount: '10' };
export const REDUCTIONS: readonly FourEyesRule[] = [{ action: 'reduceBudget', closedOnly: false }];

export const person = (sub: string, roles: readonly Role[] = ['finance'], departments = ['*']): Principal => ({
  sub,
  name: `人员${sub}`,
  roles,
  departments: DepartmentScope.of(departments),
  readDepartments: DepartmentScope.ALL,
});
export const PROPOSER = person('u-1');
export const CONFIRMER = person('u-2');
export const OTHER = person('u-3');
const EVERY_ROLE = person('u-0', ['admin', 'finance', 'editor']);

export class Stage {
  constructor(private readonly whole: TestLedger) {}

  static async open(options: Partial<TestLedgerOptions> = {}): Promise<Stage> {
    const stage = new Stage(await startLedger({ clock: new TestClock(NOW), fourEyes: REDUCTIONS, ...options }));
    return stage;
  }

  /** With a department, and a budget of two lines. */
  async prepare(): Promise<this> {
    await this.done(EVERY_ROLE, 'registerDepartment', { code: 'D1', name: '市政数局' });
    const line = (code: string) => ({ code, name: code, fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '100' });
    await this.done(EVERY_ROLE, 'approveBudget', { ...BUDGET, lines: [line('A'), line('B')] });
    return this;
  }

  /** With the budget closed, and one of the next year that it can be carried over to, with a line `J` for that and a line `A`. */
  async prepareCarryOver(): Promise<void> {
    await this.prepare();
    this.clock.set('2024-01-10T04:00:00.000Z');
    await this.done(EVERY_ROLE, 'closeBudget', BUDGET);
    const line = { name: '明细', fundSource: 'GENERAL_PUBLIC_BUDGET' };
    const lines = [
      { ...line, code: 'A', amount: '100' },
      { ...line, code: 'J', amount: '0', vintage: 'CARRIED_OVER' },
    ];
    await this.done(EVERY_ROLE, 'approveBudget', { ...ENTERED, lines });
  }

  /** Another server over the same log. */
  another(options: Partial<TestLedgerOptions> = {}): Promise<Stage> {
    const { eventStore, clock } = this.whole;
    return Stage.open({ clock, eventStore: () => notClosing(eventStore), ...options });
  }

  get clock(): TestClock {
    return this.whole.clock;
  }

  get log(): EventStore {
    return this.whole.eventStore;
  }

  get ledger(): Ledger {
    return this.whole.ledger;
  }

  act(
    as: Principal,
    action: string,
    input: object,
    dryRun = false,
    patience?: Patience,
  ): Promise<Result<Performed<unknown>>> {
    const found = features.actions.get(action);
    if (found === undefined) throw new Error(`There is no action ${action}`);
    const caller = { principal: as, correlationId: 'a-request' };
    return perform({ ...this.whole.ledger.services, patience }, found, input, caller, { dryRun });
  }

  async done(as: Principal, action: string, input: object): Promise<Performed<unknown>> {
    const performed = unwrap(await this.act(as, action, input));
    if (performed.fault !== undefined) throw performed.fault;
    return performed;
  }

  /** Why the command is refused. */
  async refusal(as: Principal, action: string, input: object): Promise<Refusal | undefined> {
    const result = await this.act(as, action, input);
    return result.ok ? undefined : result.refusal;
  }

  /** Proposes a reduction, and answers the code of the proposal. */
  async propose(more: object = {}, as = PROPOSER): Promise<string> {
    const { projected } = await this.done(as, 'reduceBudget', { ...REDUCTION, ...more });
    if (projected?.proposal === undefined) throw new Error('It needed no second person');
    return projected.proposal.entity.code;
  }

  async proposal(code: string): Promise<ProposalView> {
    const record = await this.ledger.services.commands.read(features.deciders.get('PROPOSAL')!, {
      entityType: 'PROPOSAL',
      code,
    });
    return features.actions.get('confirmProposal')!.target.reading.view(record.record, undefined) as ProposalView;
  }

  events(): Promise<StoredEvent[]> {
    return collect(this.log.readAll(0n));
  }

  async types(): Promise<string[]> {
    return (await this.events()).map(({ type }) => type);
  }

  close(): Promise<void> {
    return this.whole.close();
  }
}
