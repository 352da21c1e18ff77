import { FormattedExecutionResult } from 'graphql';

/** The JSON of an answer. `dataText` is the JSON of its data, if that is known already. */
export function answerJson(
  { errors, data, extensions }: FormattedExecutionResult,
  dataText = data === undefined ? undefined : JSON.stringify(data),
): string {
  let text = '';
  if (errors !== undefined) text += `"errors":${JSON.stringify(errors)},`;
  if (dataText !== undefined) text += `"data":${dataText},`;
  if (extensions !== undefined) text += `"extensions":${JSON.stringify(extensions)},`;
  return `{${text.slice(0, -1)}}`;
}
