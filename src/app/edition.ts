import { createHash } from 'node:crypto';
import { pseudonyms } from '../auth/pseudonym';
import { LogProofs } from '../evidence/log-proofs';
import { Limits } from '../kernel/limits';
import { AlertRules } from '../monitoring/rules';
import { PROJECTED_FORMAT } from '../read-model/projected-format';
import { software } from './evidence/software';

export interface Configured {
  readonly streamPrefix: string;
  readonly timeZone: string;
  readonly limits: Limits;
  readonly pseudonymKey?: string;
  readonly proofs?: LogProofs;
  readonly demo: boolean;
  readonly alertRules: AlertRules;
}

/** Names the program with the part of its configuration that answers depend on. It shows nothing of the key. */
export function editionOf({ pseudonymKey, proofs, ...shown }: Configured): string {
  const { streamPrefix, timeZone, limits, demo, alertRules } = shown;
  const configured = [streamPrefix, timeZone, limits, demo, alertRules, proofs?.origin, pseudonyms(pseudonymKey)('')];
  return createHash('sha256')
    .update(JSON.stringify([software(), PROJECTED_FORMAT, ...configured]))
    .digest('base64url');
}
