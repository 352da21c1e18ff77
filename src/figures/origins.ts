import { Json } from '../kernel/json';
import { blameOf } from '../reading/blame';
import { Lineages } from '../reading/lineage';
import { Loaded, Scope } from '../reading/scope';
import { Source, sourceOf } from './source';

/** For each field of an entity, by its JSON Pointer, the change that gave it its value. */
export class Origins {
  private constructor(
    private readonly byPath: ReadonlyMap<string, { readonly value: Json; readonly source: Source }>,
  ) {}

  static async of(lineages: Lineages, scope: Scope, loaded: Loaded<unknown>): Promise<Origins> {
    const { calendar } = scope.services;
    const fields = await blameOf({ lineages }, scope, loaded);
    return new Origins(new Map(fields.map(({ path, value, by }) => [path, { value, source: sourceOf(by, calendar) }])));
  }

  /** undefined if the entity has no such field, or it is empty. */
  at(path: string): Source | undefined {
    const found = this.byPath.get(path);
    return found?.value === null ? undefined : found?.source;
  }

  /** The source that was recorded last among those of the fields below a path. */
  newestBelow(path: string): Source | undefined {
    const below = [...this.byPath].filter(([each]) => each.startsWith(`${path}/`));
    return below
      .map(([, { source }]) => source)
      .reduce<Source | undefined>(
        (newest, each) => (newest === undefined || BigInt(newest.position) < BigInt(each.position) ? each : newest),
        undefined,
      );
  }
}
