import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DemoToken, makeDemoSecret, makeDemoTokens } from '../../auth/demo-tokens';
import { systemClock } from '../../kernel/time';
import { Config } from '../config';

export interface DemoAccess {
  readonly secret: string;
  readonly tokens: Readonly<Record<'editor' | 'finance' | 'auditor' | 'analyst', DemoToken>>;
}

/** Makes the demo's tokens and writes them to `demo-tokens.json`. The secret is kept, so that they outlive a restart. */
export async function demoAccess({ dataDir, auth }: Config): Promise<DemoAccess> {
  mkdirSync(dataDir, { recursive: true });
  const secret = auth.secret ?? keptSecret(path.join(dataDir, 'demo-secret'));
  const tokens = await makeDemoTokens(secret, systemClock, auth);
  writeFileSync(path.join(dataDir, 'demo-tokens.json'), `${JSON.stringify(tokens, null, 2)}\n`, { mode: 0o600 });
  return { secret, tokens };
}

function keptSecret(file: string): string {
  try {
    const kept = readFileSync(file, 'utf8').trim();
    if (kept.length >= 32) return kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secret = makeDemoSecret();
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}
