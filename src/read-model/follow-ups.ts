import { EntityName } from '../kernel/codes';
import { Membership, TemporalReader } from './temporal-store';

/** A change of one entity that a change of another entity of the same kind has to follow. */
export interface DueFollowUp {
  readonly entityType: string;
  /** The code of the entity whose change has to be followed. */
  readonly from: string;
  readonly changeId: string;
  /** The code of the entity that the follow-up is recorded for. */
  readonly to: string;
}

/** Two collections: nothing ever leaves one, so what is missing is the difference between them. */
const DUE = 'FOLLOW_UPS_DUE';
const MADE = 'FOLLOW_UPS_MADE';
export const FOLLOW_UP_COLLECTIONS: readonly string[] = [DUE, MADE];

export const followUpDue = (due: DueFollowUp): Membership => ({ collection: DUE, code: memberOf(due) });
export const followUpMade = (due: DueFollowUp): Membership => ({ collection: MADE, code: memberOf(due) });

/** The follow-ups that the read models do not have yet; if an entity is given, only those that are recorded for it. */
export async function missingFollowUps(
  store: Pick<TemporalReader, 'members' | 'watermark'>,
  to?: EntityName,
): Promise<readonly DueFollowUp[]> {
  const watermark = await store.watermark();
  if (watermark === undefined) return [];
  // No code holds a slash, and `0` is the next character after it.
  const page =
    to === undefined ? {} : { after: `${to.entityType}/${to.code}/`, before: `${to.entityType}/${to.code}0` };
  const due = await store.members(DUE, watermark.position, page);
  if (due.length === 0) return [];
  const made = new Set(await store.members(MADE, watermark.position, page));
  return due.filter((member) => !made.has(member)).map(dueFollowUpOf);
}

/** Ordered by the entity that the follow-up is recorded for. */
const memberOf = ({ entityType, to, from, changeId }: DueFollowUp): string =>
  [entityType, to, from, changeId].join('/');

function dueFollowUpOf(member: string): DueFollowUp {
  const [entityType = '', to = '', from = '', changeId = ''] = member.split('/');
  return { entityType, from, changeId, to };
}
