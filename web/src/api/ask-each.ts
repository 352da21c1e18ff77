import { TypedDocumentString } from '../generated/documents';
import { ask } from './ask';
import { Answer } from './failure';

const AT_ONCE = 3;

/**
 * Asks one document with each of the variables, a few questions at a time: all answers in that order, or the first failure.
 * `onProgress` hears how many of them are answered, from 0 to 1.
 */
export async function askEach<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  each: readonly Variables[],
  signal: AbortSignal,
  onProgress: (part: number) => void = () => undefined,
): Promise<Answer<readonly Data[]>> {
  const found: Data[] = [];
  let failed: Extract<Answer<Data>, { readonly ok: false }> | undefined;
  let [answered, size] = [0, 0];
  const rest = each.entries();
  const work = async (): Promise<void> => {
    // The workers share the iterator, so each takes the next question that nobody has asked.
    for (const [index, variables] of rest) {
      const answer = await ask(document, variables, signal);
      if (!answer.ok) failed ??= answer;
      if (!answer.ok || failed !== undefined) return;
      found[index] = answer.data;
      size += answer.size ?? 0;
      onProgress(++answered / each.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return failed ?? { ok: true, data: found, size };
}
