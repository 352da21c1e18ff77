import { violationsOf } from './rules';
import { Setting, valuesIn } from './setting';
import { Config, SETTINGS } from './settings';

export type Environment = Readonly<Record<string, string | undefined>>;

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
    const text = textOf(setting, environment);
    if (text === undefined) return undefined;
    const { success, data, error } = setting.parser.safeParse(text);
    if (!success) wrong.push(...error.issues.map(({ message }) => `${setting.variable}: ${message}`));
    return data;
  });
  const problems = wrong.length > 0 ? wrong : violationsOf(config, purpose);
  if (problems.length > 0) throw new ConfigError(problems.join('; '));
  return config;
}

/** The text that counts: of the variable, else of a default. */
function textOf(setting: Setting, environment: Environment): string | undefined {
  const given = environment[setting.variable];
  if (given !== undefined && given !== '') return given;
  const isDemo = environment[SETTINGS.demo.variable] === '1';
  return (isDemo ? setting.demoDefault : undefined) ?? setting.default;
}
