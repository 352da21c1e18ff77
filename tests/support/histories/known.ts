export type EntityKind = 'department' | 'budget' | 'task' | 'indicator' | 'evaluation';

/** A mutation with its input. */
export interface Command {
  readonly mutation: string;
  /** Of the entity, which the payload names so. */
  readonly kind: EntityKind;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A command that was accepted, with what it recorded. */
export interface Accepted extends Command {
  readonly code: string;
  /** The event id of the change. */
  readonly change: string;
  readonly position: bigint;
}

/** What a history holds so far, for the later commands to refer to. */
export class Known {
  private readonly accepted: Accepted[] = [];

  add(accepted: Accepted): void {
    this.accepted.push(accepted);
  }

  /** What was done to an entity, by one of these mutations where some are named. */
  of(kind: EntityKind, code: string, mutations: readonly string[] = []): readonly Accepted[] {
    return this.accepted.filter(
      (command) =>
        command.kind === kind &&
        command.code === code &&
        (mutations.length === 0 || mutations.includes(command.mutation)),
    );
  }

  /** What was done by these mutations, or by all, to whatever entity. */
  by(...mutations: readonly string[]): readonly Accepted[] {
    return this.accepted.filter(({ mutation }) => mutations.length === 0 || mutations.includes(mutation));
  }

  /** Of these codes those that exist; where none does, all. */
  existing(kind: EntityKind, codes: readonly string[]): readonly string[] {
    const there = codes.filter((code) => this.of(kind, code).length > 0);
    return there.length > 0 ? there : codes;
  }

  /** Of these codes those that do not exist yet; where all do, all. */
  missing(kind: EntityKind, codes: readonly string[]): readonly string[] {
    const missing = codes.filter((code) => this.of(kind, code).length === 0);
    return missing.length > 0 ? missing : codes;
  }
}
