import { useQuestion } from '../api/questions';
import { ChangeAtDocument } from '../generated/documents';
import { say } from '../language/say';
import { Answered, Empty } from '../layout/asked';
import { ChangeDetails } from './change-details';
import { ChangeSource } from './figure-source';
import { FieldChanges } from './field-changes';
import { LaterChanges } from './later-changes';
import { BLAME_TEXTS } from './texts';

/** What one change says, what it changed, and what corrected it. */
export function ChangeBlame({ source: { entity, entityType, position } }: { readonly source: ChangeSource }) {
  const asked = useQuestion(ChangeAtDocument, { before: String(BigInt(position) - 1n), entity, entityType });
  return (
    <Answered asked={asked}>
      {({ changes }) => {
        const [change] = changes?.nodes ?? [];
        if (change?.position !== position) return <Empty>{say(BLAME_TEXTS.noOrigin)}</Empty>;
        const { corrects, reverses, correctionsPage, fieldsPage } = change;
        return (
          <>
            <ChangeDetails change={change} />
            {corrects && <LaterChanges title={say(BLAME_TEXTS.itCorrects)} changes={[corrects]} />}
            {reverses && <LaterChanges title={say(BLAME_TEXTS.itReverses)} changes={[reverses]} />}
            <LaterChanges title={say(BLAME_TEXTS.correctedBy)} changes={correctionsPage.nodes} />
            <h3>{say(BLAME_TEXTS.changed)}</h3>
            <FieldChanges fields={fieldsPage.nodes} />
          </>
        );
      }}
    </Answered>
  );
}
