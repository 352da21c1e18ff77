import { List } from '../api/read-list';
import { useList } from '../api/use-list';
import { Asked } from '../api/questions';
import { BudgetFactsDocument, BudgetFactsQuery, BudgetFactsQueryVariables } from '../generated/documents';

export type Entry = Extract<NonNullable<BudgetFactsQuery['node']>, { readonly entries: unknown }>['entries']['nodes'][number]; // prettier-ignore

/** More facts of one figure could not be read by a person. */
const MOST_FACTS = 500;

/** The facts that make an amount. */
export const useFacts = (variables: BudgetFactsQueryVariables): Asked<List<Entry>> =>
  useList({
    document: BudgetFactsDocument,
    variables,
    pageIn: ({ node }) => (node !== null && 'entries' in node ? node.entries : undefined),
    most: MOST_FACTS,
  });
