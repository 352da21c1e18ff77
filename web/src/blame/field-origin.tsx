import { List } from '../api/read-list';
import { useList } from '../api/use-list';
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
        {({ nodes: origins }) => {
          const numbered = numberedPath(origins, path);
          const origin = origins.find((each) => each.path === numbered);
          if (origin === undefined) return <Empty>{say(BLAME_TEXTS.noOrigin)}</Empty>;
          return <ChangeDetails change={origin.change}>{showValue(path, origin.value)}</ChangeDetails>;
        }}
      </Answered>
    </section>
  );
}

/** The origins of all fields of an entity. `id` undefined: of none. */
export const useOrigins = (id: string | undefined): Asked<List<OriginOfField>> =>
  useList(
    id === undefined
      ? undefined
      : {
          document: OriginsDocument,
          variables: { id },
          pageIn: ({ node }) => (node !== null && 'blamePage' in node ? node.blamePage : undefined),
          most: Infinity,
        },
  );
