/** The moment that an export is of, and what was asked for. The same values give the same bytes. */
export interface PublishedMoment {
  /** The place in the log. */
  readonly position: string;
  /** When the event at the position was recorded, RFC 3339 in UTC. */
  readonly knownAt: string;
  /** RFC 3339 in UTC; null: no upper bound. */
  readonly effectiveAt: string | null;
  /** The IANA name of the time zone that the ledger's days are of. */
  readonly timeZone: string;
  /** Whether it is a demo ledger, whose facts are partly made up. */
  readonly isDemo: boolean;
  /** The departments that the reader could read: codes, prefixes that end in *, or *. */
  readonly readable: readonly string[];
  /** Only these departments were asked for; null: all. */
  readonly departments: readonly string[] | null;
  /** Only this fiscal year was asked for; null: all. */
  readonly fiscalYear: number | null;
}
