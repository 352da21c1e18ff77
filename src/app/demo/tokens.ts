import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DEMO_CLAIMS, DemoPersonName, DemoToken, makeDemoSecret, makeDemoTokens } from '../../auth/demo-tokens';
import { isSafeSecret } from '../../auth/shared-secret';
import { writePrivateFile } from '../../machine/private-files';
import { systemClock } from '../../kernel/time';
import { Config } from '../config';

export interface DemoAccess {
  readonly verification: Readonly<Record<'secret' | 'issuer' | 'audience', string>>;
  readonly tokens: Readonly<Record<DemoPersonName, DemoToken>>;
}

/**
 * Makes the demo's tokens and writes them to `demo-tokens.json`. The secret is stored, so that they stay valid after a restart.
 */
export async function demoAccess({ dataDir }: Pick<Config, 'dataDir'>): Promise<DemoAccess> {
  const secret = keptSecret(path.join(dataDir, 'demo-secret'));
  const tokens = await makeDemoTokens(secret, systemClock);
  writePrivateFile(path.join(dataDir, 'demo-tokens.json'), `${JSON.stringify(tokens, null, 2)}\n`);
  return { verification: { secret, ...DEMO_CLAIMS }, tokens };
}

function keptSecret(file: string): string {
  try {
    const kept = readFileSync(file, 'utf8').trim();
    if (isSafeSecret(kept)) return kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secret = makeDemoSecret();
  writePrivateFile(file, `${secret}\n`);
  return secret;
}
