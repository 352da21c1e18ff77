import { RequestAborted } from '../../kernel/outage';
import { limitExceeded, unwrap } from '../../kernel/refusal';

/** How many changes the files that are being made or sent may show together: they are in memory. */
const MOST = { perNode: 200_000, perPrincipal: 50_000 } as const;

/** The room for one file. */
export interface Room {
  /** Throws `Refused` if there is no room. */
  readonly take: (changes: number) => void;
  /** The file is sent, or nobody waits for it any more. */
  readonly release: () => void;
}

/** Counts the changes of the files that are under way on this node. */
export class HeldChanges {
  private readonly ofPrincipals = new Map<string, number>();
  private all = 0;

  roomFor(principal: string): Room {
    let taken = 0;
    let isReleased = false;
    return {
      take: (changes) => {
        if (isReleased) throw new RequestAborted();
        this.require(principal, changes);
        this.count(principal, changes);
        taken += changes;
      },
      release: () => {
        isReleased = true;
        this.count(principal, -taken);
        taken = 0;
      },
    };
  }

  private require(principal: string, changes: number): void {
    const own = this.ofPrincipals.get(principal) ?? 0;
    if (own + changes <= MOST.perPrincipal && this.all + changes <= MOST.perNode) return;
    unwrap(limitExceeded('maxEvidenceChanges', 'Too many evidence files are under way; take those first'));
  }

  private count(principal: string, changes: number): void {
    const own = (this.ofPrincipals.get(principal) ?? 0) + changes;
    this.all += changes;
    if (own === 0) this.ofPrincipals.delete(principal);
    else this.ofPrincipals.set(principal, own);
  }
}
