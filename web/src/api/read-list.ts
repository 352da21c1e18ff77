import { TypedDocumentString } from '../generated/documents';
import { ask } from './ask';
import { Failure } from './failure';

/** A page of a list, as the API answers it. */
export interface ListPage<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

export interface List<Node> {
  readonly nodes: readonly Node[];
  /** Whether these are all. */
  readonly isWhole: boolean;
}

/** The variable of every document that asks for a page. */
export interface AfterCursor {
  readonly after?: string | null;
}

/** A list that is read page after page, and how to find its page in an answer; undefined: the answer has no such list. */
export interface Reading<Data, Variables extends AfterCursor, Node> {
  readonly document: TypedDocumentString<Data, Variables>;
  readonly variables: Variables;
  readonly pageIn: (data: Data) => ListPage<Node> | null | undefined;
  /** A longer list is read no further. */
  readonly most: number;
}

/** Reads a list from the page that the variables name to its end. `onProgress` hears how many items have come. */
export async function readList<Data, Variables extends AfterCursor, Node>(
  { document, variables, pageIn, most }: Reading<Data, Variables, Node>,
  signal: AbortSignal,
  onProgress: (items: number) => void = () => undefined,
): Promise<List<Node> | { readonly failure: Failure }> {
  const nodes: Node[] = [];
  for (let after = variables.after; ;) {
    const answer = await ask(document, { ...variables, after }, signal);
    if (!answer.ok) return { failure: answer.failure };
    const page = pageIn(answer.data);
    nodes.push(...(page?.nodes ?? []));
    onProgress(nodes.length);
    if (page?.pageInfo.hasNextPage !== true) return { nodes, isWhole: true };
    if (nodes.length >= most) return { nodes, isWhole: false };
    after = page.pageInfo.endCursor;
  }
}
