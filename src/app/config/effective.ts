import { Environment } from './environment';
import { Setting } from './setting';
import { ALL_SETTINGS, SETTINGS } from './settings';

/** The text that counts for a setting, and where it comes from. */
export interface Source {
  /** undefined if the variable is not set and has no default. */
  readonly text: string | undefined;
  readonly from: 'environment' | 'default' | 'demo mode';
}

/** An empty variable counts as not set. */
export function sourceOf({ variable, default: usual, demoDefault }: Setting, environment: Environment): Source {
  const given = environment[variable];
  if (given !== undefined && given !== '') return { text: given, from: 'environment' };
  if (isDemo(environment) && demoDefault !== undefined) return { text: demoDefault, from: 'demo mode' };
  return { text: usual, from: 'default' };
}

export interface EffectiveSetting {
  readonly variable: string;
  /** Safe to print: secrets are masked. */
  readonly value: string;
  readonly from: string;
}

/** Each setting as it takes effect, even if its value is wrong. */
export const effectiveSettings = (environment: Environment): readonly EffectiveSetting[] =>
  ALL_SETTINGS.map((setting) => {
    const { variable, masking, otherwise = '', insteadInDemo } = setting;
    const { text, from } = sourceOf(setting, environment);
    if (insteadInDemo !== undefined && isDemo(environment)) {
      const unused = from === 'environment' ? '; the environment is not used' : '';
      return { variable, value: `(${insteadInDemo})`, from: `demo mode${unused}` };
    }
    return { variable, value: text === undefined ? `(${otherwise.replaceAll('`', '')})` : masking(text), from };
  });

const isDemo = (environment: Environment): boolean => environment[SETTINGS.demo.variable] === '1';
