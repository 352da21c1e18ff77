import { FormattedExecutionResult } from 'graphql';

/** The JSON of an answer. `dataText` is the JSON of its data, if that is known already. */
export function answerJson(
  { errors, data, extensions }: FormattedExecutionResult,
  dataText = data === undefined ? undefined : JSON.stringify(data),
): string {
  const parts = [
    ...(errors === undefined ? [] : [`"errors":${JSON.stringify(errors)}`]),
    ...(dataText === undefined ? [] : [`"data":${dataText}`]),
    ...(extensions === undefined ? [] : [`"extensions":${JSON.stringify(extensions)}`]),
  ];
  return `{${parts.join(',')}}`;
}
