import { decodeJwt } from 'jose';
import { Outage } from '../kernel/outage';
import { ok, type Result } from '../kernel/refusal';
import { Instant } from '../kernel/time';
import { REFUSED_TOKENS } from './token-refusals';
import { IssuedToken, IssuerOptions, TrustedIssuer } from './trusted-issuer';

/** Judges tokens by the issuer that they name. A token of an unknown issuer causes no request. */
export class TrustedIssuers {
  private readonly byName: ReadonlyMap<string | undefined, TrustedIssuer>;

  /** One issuer may be unnamed: then it is the only one, and tokens may have any issuer. */
  constructor(issuers: readonly IssuerOptions[], timeoutMs: number) {
    this.byName = new Map(issuers.map((options) => [options.issuer, new TrustedIssuer(options, timeoutMs)]));
    if (issuers.length === 0 || this.byName.size < issuers.length || (this.byName.has(undefined) && issuers.length > 1))
      throw new Error('Each of several issuers needs a name of its own.');
  }

  async verify(token: string, now: Instant): Promise<Result<IssuedToken>> {
    const issuer = this.byName.size === 1 ? this.only() : this.byName.get(issuerOf(token));
    if (issuer === undefined) return REFUSED_TOKENS.invalid;
    const issued = await issuer.verify(token, now);
    if (!issued.ok) return issued;
    return this.isClaimedByAnother(issued.value.principal.sub, issuer) ? REFUSED_TOKENS.invalid : ok(issued.value);
  }

  /** Throws `Outage` if the keys of no issuer can be read: tokens of one of them are better than none. */
  async requireKeys(): Promise<void> {
    try {
      await Promise.any([...this.byName.values()].map(({ keys }) => keys.requireKeys()));
    } catch (error) {
      throw (error as AggregateError).errors[0] as Outage;
    }
  }

  private only(): TrustedIssuer | undefined {
    const [issuer] = this.byName.values();
    return issuer;
  }

  /** An issuer without a prefix, or with a shorter one, could name the persons of another issuer. */
  private isClaimedByAnother(sub: string, { subjectPrefix: own }: TrustedIssuer): boolean {
    return [...this.byName.values()].some(
      ({ subjectPrefix }) => subjectPrefix.length > own.length && sub.startsWith(subjectPrefix),
    );
  }
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
