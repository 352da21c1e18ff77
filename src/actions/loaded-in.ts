import { EntityName } from '../kernel/codes';
import { DamagedReadModels } from '../kernel/outage';
import { Loaded, Reading, Scope } from '../reading/scope';

/** The entity, of which the scope holds changes. */
export async function loadedIn<State, View>(
  scope: Scope,
  reading: Reading<State, View>,
  { code }: EntityName,
): Promise<Loaded<View>> {
  const loaded = await scope.entity(reading, code);
  if (loaded === undefined) throw new DamagedReadModels(`The read models hold changes of ${code}, and not ${code}`);
  return loaded;
}
