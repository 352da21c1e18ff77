import { useEffect, useState } from 'preact/hooks';
import { ask } from '../api/ask';
import { useAttempts } from '../api/attempts';
import { Failure } from '../api/failure';
import { Asked } from '../api/questions';
import { OriginsDocument, OriginsQuery } from '../generated/documents';
import { say } from '../language/say';
import { Answered, Empty } from '../layout/asked';
import { ChangeDetails } from './change-details';
import { BlamedField } from './blamed-field';
import { numberedPath } from './paths';
import { showValue } from './show-value';
import { BLAME_TEXTS } from './texts';

type Recorded = Extract<NonNullable<OriginsQuery['node']>, { readonly blamePage: unknown }>;
export type OriginOfField = Recorded['blamePage']['nodes'][number];

/** The change that gave the figure its value. */
export function FieldOrigin({ field }: { readonly field: BlamedField }) {
  const { path } = field.source;
  const asked = useOrigins(field.id);
  return (
    <section>
      <h3>{say(BLAME_TEXTS.origin)}</h3>
      <Answered asked={asked}>
        {(origins) => {
          const numbered = numberedPath(origins, path);
          const origin = origins.find((each) => each.path === numbered);
          if (origin === undefined) return <Empty>{say(BLAME_TEXTS.noOrigin)}</Empty>;
          return <ChangeDetails change={origin.change}>{showValue(path, origin.value)}</ChangeDetails>;
        }}
      </Answered>
    </section>
  );
}

/** The origins of all fields of an entity, page after page. */
export function useOrigins(id: string): Asked<readonly OriginOfField[]> {
  const [found, setFound] = useState<{
    readonly id: string;
    readonly origins?: readonly OriginOfField[];
    readonly failure?: Failure;
  }>();
  const attempts = useAttempts(found?.failure !== undefined);
  useEffect(() => {
    const controller = new AbortController();
    void readOrigins(id, controller.signal).then((answer) => {
      if (!controller.signal.aborted) setFound({ id, ...answer });
    });
    return () => {
      controller.abort();
    };
  }, [id, attempts]);
  const isOfAnother = found?.id !== id;
  return { data: found?.origins, failure: found?.failure, isAsking: isOfAnother, isOfAnother };
}

type ReadOrigins = { readonly origins: readonly OriginOfField[] } | { readonly failure: Failure };

async function readOrigins(id: string, signal: AbortSignal): Promise<ReadOrigins> {
  const origins: OriginOfField[] = [];
  let page: Page | undefined;
  do {
    const answer = await ask(OriginsDocument, { id, after: page?.pageInfo.endCursor }, signal);
    if (!answer.ok) return { failure: answer.failure };
    page = pageIn(answer.data);
    origins.push(...(page?.nodes ?? []));
  } while (page?.pageInfo.hasNextPage === true);
  return { origins };
}

type Page = Recorded['blamePage'];

const pageIn = ({ node }: OriginsQuery): Page | undefined =>
  node !== null && 'blamePage' in node ? node.blamePage : undefined;
