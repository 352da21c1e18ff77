import fc from 'fast-check';
import { ExecutionResult } from 'graphql';
import { LocalLedger, MovableClock } from '../ledger';
import { budgetCommands } from './budget-commands';
import { departmentCommands } from './department-commands';
import { Dice, diceArbitrary, pick } from './dice';
import { evaluationCommands } from './evaluation-commands';
import { indicatorCommands } from './indicator-commands';
import { Command, Known } from './known';
import { taskCommands } from './task-commands';

type MakeCommand = (dice: Dice, known: Known) => Command;

/** The kinds of command by what they are about, each as often as it stands here. */
const KINDS = {
  departments: [departmentCommands.register, departmentCommands.rename, departmentCommands.rename],
  budgets: [
    ...times(2, budgetCommands.approve),
    ...times(3, budgetCommands.supplement),
    ...times(2, budgetCommands.reduce),
    ...times(3, budgetCommands.transfer),
    ...times(8, budgetCommands.spend),
    ...times(4, budgetCommands.reverse),
    ...times(12, budgetCommands.correct),
    budgetCommands.close,
  ],
  tasks: [
    ...times(2, taskCommands.plan),
    ...times(5, taskCommands.report),
    ...times(3, taskCommands.reach),
    ...times(3, taskCommands.complete),
    taskCommands.cancel,
    ...times(4, taskCommands.reopen),
  ],
  indicators: [
    ...times(2, indicatorCommands.define),
    ...times(4, indicatorCommands.revise),
    ...times(7, indicatorCommands.observe),
    ...times(8, indicatorCommands.correct),
    indicatorCommands.retire,
  ],
  evaluations: [evaluationCommands.open, ...times(9, evaluationCommands.step)],
};
const ALL_KINDS: readonly MakeCommand[] = Object.values(KINDS).flat();
/** Most histories are about everything; some go deep into one kind of entity. */
const TOPICS: readonly (readonly MakeCommand[])[] = [ALL_KINDS, ALL_KINDS, ...Object.values(KINDS)];

/** What later commands need: most histories begin so, in one order or another, and with any dates. */
const FOUNDING: readonly MakeCommand[] = [
  departmentCommands.register,
  departmentCommands.register,
  budgetCommands.approve,
  taskCommands.plan,
  indicatorCommands.define,
  evaluationCommands.open,
];

export interface HistoryDice {
  readonly topic: number;
  readonly founding: readonly Dice[];
  readonly later: readonly Dice[];
}

export const historyArbitrary = (maxLength: number): fc.Arbitrary<HistoryDice> =>
  fc.record({
    topic: fc.nat(TOPICS.length - 1),
    founding: fc.tuple(...FOUNDING.map(() => diceArbitrary)),
    later: fc.array(diceArbitrary, { minLength: Math.floor(maxLength / 2), maxLength, size: 'max' }),
  });

export const startOfHistory = (): MovableClock => new MovableClock(Date.parse('2023-02-01T02:00:00.000Z'));

const EXPECTED_REFUSALS = new Set(['BAD_USER_INPUT', 'NOT_FOUND', 'CONFLICT', 'RULE_VIOLATION']);

/**
 * Sends the commands one after the other. A refused one must leave no trace; after an accepted one `onAccepted` is called
 * with its position.
 */
export async function play(
  history: HistoryDice,
  ledger: LocalLedger,
  clock: MovableClock,
  onAccepted: (position: bigint) => Promise<void>,
): Promise<void> {
  const known = new Known();
  const steps: [MakeCommand, Dice][] = [
    ...FOUNDING.map((make, index): [MakeCommand, Dice] => [make, foundingDice(history, index)]),
    ...history.later.map((dice): [MakeCommand, Dice] => [pick(pick(TOPICS, history.topic), dice.kind), dice]),
  ];
  for (const [make, dice] of steps) {
    clock.move(dice.pause);
    const { mutation, input } = make(dice, known);
    const common = { effectiveAt: dice.at, reason: dice.reason, documentNo: dice.documentNo };
    const command = { mutation, input: { ...common, ...input } };
    const before = await ledger.head();
    const position = await send(ledger, command, known);
    ((globalThis as any).STAT ??= {})[mutation + (position === undefined ? ':no' : ':yes')] = (((globalThis as any).STAT ??= {})[mutation + (position === undefined ? ':no' : ':yes')] ?? 0) + 1;
    expect(await ledger.head()).toBe(position ?? before);
    if (position === undefined) continue;
    expect(position).toBeGreaterThan(before);
    await onAccepted(position);
  }
}

/** Of founding commands none is blind. */
const foundingDice = ({ founding }: HistoryDice, index: number): Dice => ({ ...(founding[index] as Dice), blind: false });

function times(count: number, make: MakeCommand): readonly MakeCommand[] {
  return Array.from({ length: count }, () => make);
}

/** The position where an accepted command stands; undefined where it was refused. */
async function send(ledger: LocalLedger, { mutation, input }: Command, known: Known): Promise<bigint | undefined> {
  const inputType = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;
  const { data, errors } = (await ledger.ask(
    `mutation($input: ${inputType}!) { ${mutation}(input: $input) { position projected changes { id entityType entity position } } }`,
    { input },
  )) as ExecutionResult<any>;
  if (errors !== undefined) {
    const refusals = errors.map(({ extensions, message }) => ({ code: extensions.code, message }));
    const unexpected = refusals.filter(({ code }) => !EXPECTED_REFUSALS.has(code as string));
    if (unexpected.length > 0) throw errors[0] as Error;
    for (const r of refusals) ((globalThis as any).STAT)[mutation+': '+r.message] = (((globalThis as any).STAT ??= {})[mutation+': '+r.message] ?? 0) + 1;
    return undefined;
  }
  const { position, projected, changes } = data[mutation];
  expect({ projected, last: changes.at(-1).position }).toEqual({ projected: true, last: position });
  known.add({ mutation, input, entity: `${changes[0].entityType}/${changes[0].entity}`, change: changes[0].id });
  return BigInt(position as string);
}
