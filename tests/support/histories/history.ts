import fc from 'fast-check';
import { TestClock } from '../clock';
import { budgetCommands } from './budget-commands';
import { departmentCommands } from './department-commands';
import { Dice, diceArbitrary, pick } from './dice';
import { evaluationCommands } from './evaluation-commands';
import { indicatorCommands } from './indicator-commands';
import { answerTo, expectForeseen, FieldsOf, MutationAnswer, PlayedLedger } from './mutation-answers';
import { Accepted, Command, EntityKind, Known } from './known';
import { taskCommands } from './task-commands';

type MakeCommand = (dice: Dice, known: Known) => Command;

const times = (count: number, make: MakeCommand): readonly MakeCommand[] => Array.from({ length: count }, () => make);

/** The commands, repeated by how often each should come. */
const COMMANDS: Readonly<Record<EntityKind, readonly MakeCommand[]>> = {
  department: [...times(1, departmentCommands.register), ...times(2, departmentCommands.rename)],
  budget: [
    ...times(2, budgetCommands.approve),
    ...times(3, budgetCommands.supplement),
    ...times(2, budgetCommands.reduce),
    ...times(3, budgetCommands.transfer),
    ...times(6, budgetCommands.spend),
    ...times(3, budgetCommands.spendMany),
    ...times(2, budgetCommands.refund),
    ...times(4, budgetCommands.reverse),
    ...times(12, budgetCommands.correct),
    ...times(3, budgetCommands.carryOver),
    ...times(2, budgetCommands.close),
  ],
  task: [
    ...times(2, taskCommands.plan),
    ...times(5, taskCommands.report),
    ...times(3, taskCommands.reach),
    ...times(3, taskCommands.complete),
    ...times(1, taskCommands.cancel),
    ...times(4, taskCommands.reopen),
  ],
  indicator: [
    ...times(2, indicatorCommands.define),
    ...times(4, indicatorCommands.revise),
    ...times(7, indicatorCommands.observe),
    ...times(8, indicatorCommands.correct),
    ...times(1, indicatorCommands.retire),
  ],
  evaluation: [...times(1, evaluationCommands.open), ...times(9, evaluationCommands.step)],
};

const ALL = Object.values(COMMANDS).flat();

/** What a history is about: everything, or one kind of entity in depth. */
const TOPICS: readonly (readonly MakeCommand[])[] = [ALL, ALL, ...Object.values(COMMANDS)];

/** What later commands need. Every history begins with these, at any dates. */
const FOUNDING: readonly MakeCommand[] = [
  departmentCommands.register,
  departmentCommands.register,
  budgetCommands.approve,
  taskCommands.plan,
  indicatorCommands.define,
  evaluationCommands.open,
];

export interface History {
  readonly topic: number;
  readonly founding: readonly Dice[];
  readonly later: readonly Dice[];
}

/** Of any length up to `maxLength`; long histories are as likely as short ones from the first run on. */
export const historyArbitrary = (maxLength: number): fc.Arbitrary<History> =>
  fc.noBias(
    fc.record({
      // First, because fast-check shrinks the first part first.
      later: fc.array(diceArbitrary, { maxLength, size: 'max' }),
      founding: fc.tuple(...FOUNDING.map(() => diceArbitrary)),
      topic: fc.nat(TOPICS.length - 1),
    }),
  );

export const clockOfHistory = (): TestClock => new TestClock('2023-02-01T02:00:00.000Z');

/** `payload`: what the mutation returned about the entity. */
export type OnAccepted = (accepted: Accepted, payload: unknown) => void | Promise<void>;

/**
 * Sends the commands one after the other. A refused command must leave no trace, and neither may one that is repeated under its
 * idempotency key. `fieldsOf` gives the fields of the entity to select in the payload.
 */
export async function play(
  history: History,
  ledger: PlayedLedger,
  clock: TestClock,
  fieldsOf: FieldsOf = () => 'revision',
  onAccepted: OnAccepted = () => undefined,
): Promise<void> {
  const known = new Known();
  const made = [
    ...FOUNDING.map((make, index) => ({ make, dice: { ...history.founding[index]!, blind: false } })),
    ...history.later.map((dice) => ({ make: pick(pick(TOPICS, history.topic), dice.command), dice })),
  ];
  for (const [index, { make, dice }] of made.entries()) {
    clock.move(dice.pause);
    const { input, ...command } = make(dice, known);
    const ofFact = { effectiveAt: dice.at, documentNo: dice.documentNo };
    const common = { reason: dice.reason, ...('items' in input ? {} : ofFact) };
    const whole = { ...command, input: { ...common, ...input, idempotencyKey: `command-${index}` } };
    const before = await ledger.head();
    const dry = dice.extra % 2 === 0 ? await answerTo(ledger, whole, fieldsOf, { dryRun: true }) : undefined;
    expect(await ledger.head()).toBe(before);
    const answer = await send(ledger, known, whole, fieldsOf, dry);
    expect(await ledger.head()).toBe(answer?.accepted.position ?? before);
    if (answer !== undefined) {
      expect(answer.accepted.position).toBeGreaterThan(before);
      known.add(answer.accepted);
      await onAccepted(answer.accepted, answer.payload);
    }
    if (dice.repeats && known.by().length > 0) await repeat(ledger, known, pick(known.by(), dice.part));
  }
}

async function repeat(ledger: PlayedLedger, known: Known, earlier: Accepted): Promise<void> {
  const before = await ledger.head();
  const { mutation, kind, field, input } = earlier;
  const again = await send(ledger, known, { mutation, kind, field, input }, () => 'revision');
  expect(again?.accepted).toEqual(earlier);
  expect(await ledger.head()).toBe(before);
}

/** The positions of the last events of the log up to one of them. */
async function positionsUpTo({ positions }: PlayedLedger, last: bigint, count: number): Promise<readonly bigint[]> {
  if (positions === undefined) return Array.from({ length: count }, (_, index) => last - BigInt(count - 1 - index));
  return (await positions()).filter((position) => position <= last).slice(-count);
}

/** undefined if the command is refused for an allowed reason. The answer must be the one that a dry run gave, if there was one. */
async function send(
  ledger: PlayedLedger,
  known: Known,
  command: Command,
  fieldsOf: FieldsOf,
  dry?: MutationAnswer,
): Promise<{ readonly accepted: Accepted; readonly payload: unknown } | undefined> {
  const { mutation, kind, field = kind, input } = command;
  const answer = await answerTo(ledger, command, fieldsOf, dry && { dryRun: false });
  if (dry !== undefined) expectForeseen(dry, answer);
  const { refusals, payload } = answer;
  const outcome = refusals.length === 0 ? 'accepted' : refusals.map(({ message }) => message).join('; ');
  ledger.sent.push(`${mutation} ${JSON.stringify(input)}: ${outcome}`);
  if (payload === undefined) return undefined;
  const { position, projected, changes, [field]: entity } = payload;
  const last = BigInt(position);
  const count = known.changesOf(command);
  expect({ projected, positions: changes.map((change: any) => change.position) }).toEqual({
    projected: true,
    positions: (await positionsUpTo(ledger, last, count)).map(String),
  });
  const [{ eventId: change, entity: code }] = changes;
  return {
    accepted: { mutation, kind, field: command.field, input, code, change, position: BigInt(position) },
    payload: entity,
  };
}
