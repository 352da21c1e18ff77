import { setTimeout as pause } from 'node:timers/promises';
import { isAborted } from '../../kernel/async';
import { BoundedCheck, Check } from './bounded-check';

/** What a server has to be able to do. */
export const ABILITIES = ['writing', 'reading', 'tokens'] as const;
export type Ability = (typeof ABILITIES)[number];

/** What is wrong with each ability that the server does not have now. */
export type Problems = ReadonlyMap<Ability, string>;

export interface HealthOptions {
  readonly checks: Readonly<Record<Ability, Check>>;
  /** Called after each look, until the signal aborts: a server that stops closes its stores. */
  readonly onLook: (problems: Problems) => void;
  readonly signal: AbortSignal;
}

/** Probes are answered within a second, whatever hangs. */
const LIMIT_MS = 750;
const LOOK_EVERY_MS = 1_000;

/** What the server can do now. */
export class Health {
  private readonly checks: readonly (readonly [Ability, BoundedCheck])[];

  constructor(private readonly options: HealthOptions) {
    this.checks = ABILITIES.map((ability) => [ability, new BoundedCheck(options.checks[ability], LIMIT_MS)]);
  }

  async look(): Promise<Problems> {
    const problems = new Map<Ability, string>();
    const found = await Promise.all(
      this.checks.map(async ([ability, check]) => [ability, await check.problem()] as const),
    );
    for (const [ability, problem] of found) if (problem !== undefined) problems.set(ability, problem);
    if (!this.options.signal.aborted) this.options.onLook(problems);
    return problems;
  }

  /** Looks again and again until the signal aborts. */
  async run(): Promise<void> {
    const { signal } = this.options;
    while (!isAborted(signal)) {
      await this.look();
      await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
