import { FormattedExecutionResult } from 'graphql';
import { ConditionalRequest } from '../../http/conditional-request';

/** The JSON of an answer. `dataText` is the JSON of its data, if that is known already. */
export function answerJson(
  { errors, data, extensions }: FormattedExecutionResult,
  dataText = data === undefined ? undefined : JSON.stringify(data),
): string {
  // The members are not joined afterwards: that would copy a long text once more.
  let text = '{';
  const add = (name: keyof FormattedExecutionResult, json: string): void => {
    text += `${text.length > 1 ? ',' : ''}"${name}":${json}`;
  };
  if (errors !== undefined) add('errors', JSON.stringify(errors));
  if (dataText !== undefined) add('data', dataText);
  if (extensions !== undefined) add('extensions', JSON.stringify(extensions));
  return `${text}}`;
}

/** The same for a client that may have kept the answer. */
export function conditionalJson(
  result: FormattedExecutionResult,
  dataText: string | undefined,
  conditional: ConditionalRequest | undefined,
): string {
  if (conditional?.isNotModified) return '';
  // What an execution has cost differs each time, and the bytes of a lasting answer do not.
  return answerJson(conditional?.isLasting ? { ...result, extensions: undefined } : result, dataText);
}
