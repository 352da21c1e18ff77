import { DepartmentScope } from '../../auth/department-scope';
import { ActingServices, perform } from '../../actions/perform';
import { demoPerson } from '../../auth/demo-tokens';
import { Principal } from '../../auth/principal';
import { messageOf } from '../../kernel/refusal';
import { formatInstant } from '../../kernel/time';
import { features } from '../features';
import { DemoClock } from './demo-clock';
import { DemoError } from './demo-error';
import { DemoStep } from './steps';

export interface DemoPlay {
  readonly services: ActingServices;
  /** The clock that the ledger of the services goes by. */
  readonly clock: DemoClock;
  readonly steps: readonly DemoStep[];
}

/**
 * Records the steps one after the other, each as the action that a client would send as a mutation. Throws a
 * `DemoError` that names the first step that is refused; the steps before it stay on record.
 */
export async function playDemo({ services, clock, steps }: DemoPlay): Promise<void> {
  const changes = new Map<string, string>();
  for (const step of steps) {
    clock.advanceTo(step.at);
    changes.set(step.name, await play(services, step, changes));
  }
}

/** The event id of the change that the step made. */
async function play(services: ActingServices, step: DemoStep, earlier: ReadonlyMap<string, string>): Promise<string> {
  const { name, mutation } = step;
  const action = features.actions.get(mutation);
  if (action === undefined) throw new DemoError(`${described(step)}: there is no such mutation`);
  const input = { ...withChanges(step, earlier), idempotencyKey: `demo-${name}` };
  const caller = { principal: principalOf(step), correlationId: `demo-${name}` };
  const performed = await perform(services, action, input, caller);
  if (!performed.ok) throw new DemoError(`${described(step)}: ${messageOf(performed.refusal)}`);
  const [change] = performed.value.projected?.changes ?? [];
  if (change === undefined) throw new DemoError(`${described(step)}: the read models do not follow`);
  return change.event.id;
}

const principalOf = ({ as }: DemoStep): Principal => ({
  ...demoPerson(as),
  departments: DepartmentScope.ALL,
  readDepartments: DepartmentScope.ALL,
});

const REFERENCE = '$change';

function withChanges(step: DemoStep, earlier: ReadonlyMap<string, string>): Record<string, unknown> {
  const resolved = Object.entries(step.input).map(([field, value]) => {
    const referred = referenceIn(value);
    if (referred === undefined) return [field, value];
    const change = earlier.get(referred);
    if (change === undefined) throw new DemoError(`${described(step)}: no earlier step is called ${referred}`);
    return [field, change];
  });
  return Object.fromEntries(resolved) as Record<string, unknown>;
}

function referenceIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !(REFERENCE in value)) return undefined;
  return String(value[REFERENCE]);
}

const described = ({ name, mutation, at }: DemoStep): string =>
  `Demo step ${name} (${mutation} at ${formatInstant(at)})`;
