import { graphql } from 'graphql';
import { demoPerson } from '../../auth/demo-tokens';
import { Principal } from '../../auth/principal';
import { LedgerServices, RequestContext } from '../../graphql/context';
import { formatInstant } from '../../kernel/time';
import { schema } from '../features';
import { DemoClock } from './demo-clock';
import { DemoError } from './demo-error';
import { DemoStep } from './steps';

export interface DemoPlay {
  readonly services: LedgerServices;
  /** The clock that the ledger of the services goes by. */
  readonly clock: DemoClock;
  readonly steps: readonly DemoStep[];
}

/**
 * Records the steps one after the other, through the API's own mutations: each is checked as a client's would be. Throws a
 * `DemoError` that names the first step which is refused; those before it stay on record.
 */
export async function playDemo({ services, clock, steps }: DemoPlay): Promise<void> {
  const changes = new Map<string, string>();
  for (const step of steps) {
    clock.advanceTo(step.at);
    changes.set(step.name, await play(services, step, changes));
  }
}

interface Payload {
  readonly changes: readonly { readonly eventId: string }[];
}

/** The event id of the change that the step made. */
async function play(services: LedgerServices, step: DemoStep, earlier: ReadonlyMap<string, string>): Promise<string> {
  const { name, mutation } = step;
  const input = { ...withChanges(step, earlier), idempotencyKey: `demo-${name}` };
  const { data, errors } = await graphql({
    schema,
    source: `mutation ($input: ${inputTypeOf(step)}) { ${mutation}(input: $input) { changes { eventId } } }`,
    variableValues: { input },
    contextValue: new RequestContext(services, principalOf(step), `demo-${name}`),
  });
  if (errors) {
    const messages = errors.map(({ message }) => message);
    throw new DemoError(`${told(step)}: ${messages.join('; ')}`, { cause: errors[0] });
  }
  const [change] = (data?.[mutation] as Payload).changes;
  if (change === undefined) throw new DemoError(`${told(step)}: the read models do not follow`);
  return change.eventId;
}

const principalOf = ({ as }: DemoStep): Principal => ({ ...demoPerson(as), roles: [as], departments: 'all' });

function inputTypeOf(step: DemoStep): string {
  const input = schema
    .getMutationType()
    ?.getFields()
    [step.mutation]?.args.find(({ name }) => name === 'input');
  if (input === undefined) throw new DemoError(`${told(step)}: there is no such mutation`);
  return input.type.toString();
}

const REFERENCE = '$change';

function withChanges(step: DemoStep, earlier: ReadonlyMap<string, string>): Record<string, unknown> {
  const resolved = Object.entries(step.input).map(([field, value]) => {
    const referred = referenceIn(value);
    if (referred === undefined) return [field, value];
    const change = earlier.get(referred);
    if (change === undefined) throw new DemoError(`${told(step)}: no earlier step is called ${referred}`);
    return [field, change];
  });
  return Object.fromEntries(resolved) as Record<string, unknown>;
}

function referenceIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !(REFERENCE in value)) return undefined;
  return String(value[REFERENCE]);
}

const told = ({ name, mutation, at }: DemoStep): string => `Demo step ${name} (${mutation} at ${formatInstant(at)})`;
