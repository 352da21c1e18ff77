import { diffsBetween } from '../reading/diff';
import { Scope } from '../reading/scope';
import { ReadingServices } from '../reading/services';
import { LocalDate } from '../kernel/time';
import { requireShort } from './bounds';
import { Source, sourceOf } from './source';
import { YearFigures } from './year-figures';

/** A year at two moments, and the changes that make the difference. */
export interface YearComparison {
  readonly from: YearFigures;
  readonly to: YearFigures;
  /** In log order. */
  readonly changes: readonly ChangeBetween[];
}

export interface ChangeBetween {
  /** The type of the event. */
  readonly type: string;
  readonly entity: string;
  readonly recordedOn: LocalDate;
  readonly actor: string;
  readonly source: Source;
}

/** The changes whose effect on the year differs between the two moments. Throws LIMIT_EXCEEDED for too many. */
export async function changesBetween(
  services: Pick<ReadingServices, 'store' | 'lineages' | 'calendar' | 'work' | 'limits'>,
  moments: { readonly from: Scope; readonly to: Scope },
  department: string,
  fiscalYear: number,
): Promise<readonly ChangeBetween[]> {
  const found: ChangeBetween[] = [];
  const filter = { departments: [department], fiscalYears: [fiscalYear] };
  for await (const diff of diffsBetween(services, moments, filter, undefined)) {
    for (const change of await diff.changes()) {
      const { sub, name } = change.event.metadata.actor;
      found.push({
        type: change.event.type,
        entity: diff.entity.code,
        recordedOn: services.calendar.dateOf(change.recordedAt),
        actor: name ?? sub,
        source: sourceOf(change, services.calendar),
      });
    }
    requireShort(found, 'changes', services);
  }
  return found.sort((a, b) => (BigInt(a.source.position) < BigInt(b.source.position) ? -1 : 1));
}
