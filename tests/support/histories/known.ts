export type EntityKind = 'department' | 'budget' | 'task' | 'indicator' | 'evaluation';

/** A mutation with its input. */
export interface Command {
  readonly mutation: string;
  readonly kind: EntityKind;
  /** The field of the entity in the payload, if it is not named after the kind. */
  readonly field?: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A command that was accepted, and what it recorded. */
export interface Accepted extends Command {
  readonly code: string;
  /** The event id of the change. */
  readonly change: string;
  readonly position: bigint;
}

/** What a history contains so far. Later commands refer to it. */
export class Known {
  private readonly accepted: Accepted[] = [];

  add(accepted: Accepted): void {
    this.accepted.push(accepted);
  }

  /** The commands on an entity; only those of these mutations if some are given. */
  of(kind: EntityKind, code: string, mutations: readonly string[] = []): readonly Accepted[] {
    return this.accepted.filter(
      (command) =>
        command.kind === kind &&
        command.code === code &&
        (mutations.length === 0 || mutations.includes(command.mutation)),
    );
  }

  /** How many changes a command records. A carry-over, and a correction of one, are followed in another budget. */
  changesOf({ mutation, input }: Command): number {
    if (Array.isArray(input.items)) return input.items.length;
    const carries =
      mutation === 'carryOverBudget' || this.by('carryOverBudget').some(({ change }) => change === input.change);
    return carries ? 2 : 1;
  }

  /** The commands of these mutations, or all, on any entity. */
  by(...mutations: readonly string[]): readonly Accepted[] {
    return this.accepted.filter(({ mutation }) => mutations.length === 0 || mutations.includes(mutation));
  }

  /** Those of these codes that exist; all if none does. */
  existing(kind: EntityKind, codes: readonly string[]): readonly string[] {
    const there = codes.filter((code) => this.of(kind, code).length > 0);
    return there.length > 0 ? there : codes;
  }

  /** Those of these codes that do not exist yet; all if all do. */
  missing(kind: EntityKind, codes: readonly string[]): readonly string[] {
    const missing = codes.filter((code) => this.of(kind, code).length === 0);
    return missing.length > 0 ? missing : codes;
  }
}
