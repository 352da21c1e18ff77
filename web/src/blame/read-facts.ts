import { useEffect, useState } from 'preact/hooks';
import { ask } from '../api/ask';
import { useAttempts } from '../api/attempts';
import { Failure } from '../api/failure';
import { Asked } from '../api/questions';
import { BudgetFactsDocument, BudgetFactsQuery, BudgetFactsQueryVariables } from '../generated/documents';

type Page = Extract<NonNullable<BudgetFactsQuery['node']>, { readonly entries: unknown }>['entries'];
export type Entry = Page['nodes'][number];

/** More facts of one figure could not be read by a person. */
const MOST_FACTS = 500;

interface Facts {
  readonly facts: readonly Entry[];
  /** Whether these are all. */
  readonly isWhole: boolean;
}

/** The facts that make an amount, page after page. */
export function useFacts(variables: BudgetFactsQueryVariables): Asked<Facts> {
  const key = JSON.stringify(variables);
  const [read, setRead] = useState<{ readonly key: string; readonly found: Facts | { readonly failure: Failure } }>();
  const found = read?.found;
  const attempts = useAttempts(found !== undefined && 'failure' in found);
  useEffect(() => {
    const controller = new AbortController();
    void readFacts(variables, controller.signal).then((found) => {
      if (!controller.signal.aborted) setRead({ key, found });
    });
    return () => {
      controller.abort();
    };
  }, [key, attempts]);
  return {
    data: found !== undefined && 'facts' in found ? found : undefined,
    failure: found !== undefined && 'failure' in found ? found.failure : undefined,
    isAsking: read?.key !== key,
    isOfAnother: read?.key !== key,
  };
}

async function readFacts(
  variables: BudgetFactsQueryVariables,
  signal: AbortSignal,
): Promise<Facts | { readonly failure: Failure }> {
  const facts: Entry[] = [];
  let page: Page | undefined;
  do {
    if (facts.length >= MOST_FACTS) return { facts, isWhole: false };
    const answer = await ask(BudgetFactsDocument, { ...variables, after: page?.pageInfo.endCursor }, signal);
    if (!answer.ok) return { failure: answer.failure };
    page = pageIn(answer.data);
    facts.push(...(page?.nodes ?? []));
  } while (page?.pageInfo.hasNextPage === true);
  return { facts, isWhole: true };
}

const pageIn = ({ node }: BudgetFactsQuery): Page | undefined =>
  node !== null && 'entries' in node ? node.entries : undefined;
