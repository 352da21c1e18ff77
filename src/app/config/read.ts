import { sourceOf } from './effective';
import { Environment } from './environment';
import { hintOf, lookalikesIn, refusalsOf } from './lookalikes';
import { violationsOf } from './rules';
import { valuesIn } from './setting';
import { Config, SETTINGS } from './settings';

/** A wrong value. The message has the name of the variable and what is expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * An empty variable counts as not set. A command-line tool receives no tokens, so it needs none of the variables that begin
 * with AUTH. Throws `ConfigError`.
 */
export function readConfig(environment: Environment, purpose: 'server' | 'tool' = 'server'): Config {
  const wrong: string[] = [];
  const config = valuesIn(SETTINGS, (setting) => {
    const { text } = sourceOf(setting, environment);
    if (text === undefined) return undefined;
    const { success, data, error } = setting.parser.safeParse(text);
    if (!success) wrong.push(...error.issues.map(({ message }) => `${setting.variable}: ${message}`));
    return data;
  });
  const refusals = refusalsOf(environment, purpose);
  const problems = [...(wrong.length > 0 ? wrong : violationsOf(config, purpose)), ...refusals];
  if (problems.length === 0) return config;
  // A misspelt variable may well be the reason.
  const hints = lookalikesIn(environment).map(hintOf);
  throw new ConfigError([...problems, ...(refusals.length === 0 ? hints : [])].join('; '));
}
