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
import { Played, withReferences } from './references';

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
  const earlier = new Map<string, Played>();
  for (const step of steps) {
    clock.advanceTo(step.at);
    earlier.set(step.name, await play(services, step, earlier));
  }
}

async function play(services: ActingServices, step: DemoStep, earlier: ReadonlyMap<string, Played>): Promise<Played> {
  const { name, mutation } = step;
  const action = features.actions.get(mutation);
  if (action === undefined) throw new DemoError(`${described(step)}: there is no such mutation`);
  const referring = withReferences(step.input, earlier);
  if ('problem' in referring) throw new DemoError(`${described(step)}: ${referring.problem}`);
  const input = { ...referring.input, idempotencyKey: `demo-${name}` };
  const caller = { principal: principalOf(step), correlationId: `demo-${name}` };
  const performed = await perform(services, action, input, caller);
  if (!performed.ok) throw new DemoError(`${described(step)}: ${messageOf(performed.refusal)}`);
  const { projected } = performed.value;
  if (projected === undefined) throw new DemoError(`${described(step)}: the read models do not follow`);
  return { change: projected.changes[0]?.event.id, proposal: projected.proposal?.entity.code };
}

const principalOf = ({ as }: DemoStep): Principal => ({
  ...demoPerson(as),
  departments: DepartmentScope.ALL,
  readDepartments: DepartmentScope.ALL,
});

const described = ({ name, mutation, at }: DemoStep): string =>
  `Demo step ${name} (${mutation} at ${formatInstant(at)})`;
