import { z } from 'zod';
import { parseJsonFile } from '../kernel/json-file';
import { ClaimPath, parseClaimPath } from './claim-path';
import { IssuerOptions } from './trusted-issuer';
import { isTrustedUrl, TRUSTED_URL_EXPECTED } from './trusted-url';

/** A file of issuers that cannot be used. The message says what is wrong. */
export class IssuersFileError extends Error {
  override readonly name = 'IssuersFileError';
}

const claimPath = z.string().transform((text, context): ClaimPath => {
  const path = parseClaimPath(text);
  if (path !== undefined) return path;
  context.addIssue({ code: 'custom', message: 'expected the path of a claim' });
  return z.NEVER;
});

const issuerWith = (httpOrigins: readonly string[]) =>
  z
    .strictObject({
      issuer: z.string().min(1),
      audience: z.string().min(1).optional(),
      jwksUrl: z
        .string()
        .refine((url) => isTrustedUrl(url, httpOrigins), `expected ${TRUSTED_URL_EXPECTED}`)
        .optional(),
      rolesClaim: claimPath.optional(),
      departmentsClaim: claimPath.optional(),
      readDepartmentsClaim: claimPath.optional(),
      maxAgeSeconds: z.int().min(1).optional(),
      subjectPrefix: z.string().optional(),
    })
    .refine(
      ({ issuer, jwksUrl }) => jwksUrl !== undefined || isTrustedUrl(issuer, httpOrigins),
      `expected jwksUrl, or an issuer whose keys can be discovered: ${TRUSTED_URL_EXPECTED}`,
    );

const fileWith = (httpOrigins: readonly string[]) =>
  z.strictObject({
    issuers: z
      .array(issuerWith(httpOrigins))
      .min(1)
      .refine(
        (issuers) => new Set(issuers.map(({ issuer }) => issuer)).size === issuers.length,
        'an issuer is listed twice',
      )
      .refine(
        (issuers) => issuers.length === 1 || issuers.every(({ subjectPrefix }) => subjectPrefix !== undefined),
        'each of several issuers needs a subjectPrefix, so that they do not name different persons alike; "" if they name the same persons',
      ),
  });

/** Reads a file of issuers. What an issuer does not say is taken from `defaults`. Throws `IssuersFileError`. */
export function readIssuersFile(json: string, defaults: Omit<IssuerOptions, 'issuer'>): readonly IssuerOptions[] {
  const file = fileWith(defaults.httpOrigins ?? []);
  const { data, error } = file.safeParse(parseJsonFile(json, (problem) => new IssuersFileError(`it ${problem}`)));
  if (data === undefined) throw new IssuersFileError(z.prettifyError(error).replaceAll(/\s+/g, ' '));
  const issuers = data.issuers.map((issuer) => ({ ...defaults, ...issuer }));
  const open = issuers.find(({ audience }) => audience === undefined);
  if (open !== undefined)
    throw new IssuersFileError(`${open.issuer} needs an audience: its tokens for other programs are not for this one`);
  return issuers;
}
