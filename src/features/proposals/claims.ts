import { Membership, TemporalReader } from '../../read-model/temporal-store';

/** Two collections: nothing ever leaves one, so the claims that are not settled are the difference between them. */
const MADE = 'PROPOSAL_CLAIMS_MADE';
const SETTLED = 'PROPOSAL_CLAIMS_SETTLED';
export const CLAIM_COLLECTIONS = [MADE, SETTLED] as const;

export const claimMade = (proposal: string, id: string): Membership => ({
  collection: MADE,
  code: `${proposal}/${id}`,
});
export const claimSettled = (proposal: string, id: string): Membership => ({
  collection: SETTLED,
  code: `${proposal}/${id}`,
});

/** The codes of the proposals whose confirmation has begun and is not settled in the read models. */
export async function claimedProposals(
  store: Pick<TemporalReader, 'members' | 'watermark'>,
): Promise<readonly string[]> {
  const watermark = await store.watermark();
  if (watermark === undefined) return [];
  const made = await store.members(MADE, watermark.position, {});
  if (made.length === 0) return [];
  const settled = new Set(await store.members(SETTLED, watermark.position, {}));
  return made.filter((claim) => !settled.has(claim)).map((claim) => claim.slice(0, claim.indexOf('/')));
}
