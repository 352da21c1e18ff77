import { readFileSync } from 'node:fs';
import { isFileError } from '../machine/file-errors';
import { EXAMPLE_RULES } from '../monitoring/example-rules';
import { readAlertRules, RuleFileError } from '../monitoring/rule-file';
import { AlertRules } from '../monitoring/rules';
import { Config, ConfigError } from './config';

/** The rules that monitoring warns by: the operator's file, else examples. Throws `ConfigError`. */
export function configuredAlertRules({ alertRulesFile: file }: Pick<Config, 'alertRulesFile'>): AlertRules {
  if (file === undefined) return EXAMPLE_RULES;
  try {
    return readAlertRules(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof RuleFileError || isFileError(error))
      throw new ConfigError(`ALERT_RULES_FILE: ${file}: ${error.message}`);
    throw error;
  }
}
