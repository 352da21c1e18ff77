/** A mutation with its input. */
export interface Command {
  readonly mutation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An accepted command with what it recorded. */
export interface Accepted extends Command {
  /** Such as `BUDGET/D1.2023`. */
  readonly entity: string;
  readonly change: string;
}

/** What a history holds so far, as far as later commands refer to it. */
export class Known {
  private readonly accepted: Accepted[] = [];

  add(accepted: Accepted): void {
    this.accepted.push(accepted);
  }

  has(entity: string): boolean {
    return this.accepted.some((command) => command.entity === entity);
  }

  /** What was done to an entity by any of these mutations; by any mutation where none is named. */
  of(entity: string, ...mutations: readonly string[]): readonly Accepted[] {
    return this.accepted.filter(
      (command) => command.entity === entity && (mutations.length === 0 || mutations.includes(command.mutation)),
    );
  }

  /** Of some entities those that exist; of none that does, all. */
  existing<Entity>(entities: readonly Entity[], nameOf: (entity: Entity) => string): readonly Entity[] {
    const there = entities.filter((entity) => this.has(nameOf(entity)));
    return there.length === 0 ? entities : there;
  }

  /** Of some entities those that do not exist yet; where all do, all. */
  missing<Entity>(entities: readonly Entity[], nameOf: (entity: Entity) => string): readonly Entity[] {
    const missing = entities.filter((entity) => !this.has(nameOf(entity)));
    return missing.length === 0 ? entities : missing;
  }

  /** The codes of a budget's lines. */
  linesOf(budget: string): readonly string[] {
    const approved = this.of(budget, 'approveBudget').flatMap(({ input }) => input.lines as { code: string }[]);
    const added = this.of(budget, 'supplementBudget').map(({ input }) => ({ code: input.line as string }));
    return [...new Set([...approved, ...added].map(({ code }) => code))];
  }
}
