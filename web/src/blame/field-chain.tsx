import { useState } from 'preact/hooks';
import { current, useQuestion } from '../api/questions';
import { EntityHistoryDocument, EntityHistoryQuery } from '../generated/documents';
import { isDay } from '../language/dates';
import { say } from '../language/say';
import { Answered, Empty } from '../layout/asked';
import { Moment } from '../moment/moment';
import { dayOfLedger } from '../session/ledger';
import { ChangeDetails } from './change-details';
import { useOrigins } from './field-origin';
import { BlamedField } from './blamed-field';
import { numberedPath } from './paths';
import { showValue } from './show-value';
import { BLAME_TEXTS } from './texts';
import { changeAt } from './value-change';

type History = Extract<NonNullable<EntityHistoryQuery['node']>, { readonly history: unknown }>['history'];
type Change = History['nodes'][number];

/** The changes that altered a figure, the newest first: what it said before and after each of them. */
export function FieldChain({ field: { id, source, at } }: { readonly field: BlamedField }) {
  const { path } = source;
  const [before, setBefore] = useState<string>();
  const asked = useQuestion(EntityHistoryDocument, { id, before });
  const origins = current(useOrigins(id))?.nodes ?? [];
  const numbered = numberedPath(origins, path);
  return (
    <section>
      <h3>{say(BLAME_TEXTS.history)}</h3>
      <Answered asked={asked}>
        {({ node }) => {
          const history = node !== null && 'history' in node ? node.history : undefined;
          const steps = (history?.nodes ?? []).flatMap((change) => {
            const step = changeAt(change.fieldsPage.nodes, path, numbered);
            return step === undefined ? [] : [{ change, step }];
          });
          return (
            <>
              {steps.length === 0 && <Empty>{say(BLAME_TEXTS.noChange)}</Empty>}
              <ol class="fact-list">
                {steps.reverse().map(({ change, step }) => (
                  <Step
                    key={change.eventId}
                    change={change}
                    path={path}
                    before={step.before}
                    after={step.after}
                    isInEffect={isInEffect(change, at)}
                  />
                ))}
              </ol>
              {history?.pageInfo.hasPreviousPage === true && (
                <button
                  type="button"
                  onClick={() => {
                    setBefore(history.pageInfo.startCursor ?? undefined);
                  }}
                >
                  {say(BLAME_TEXTS.older)}
                </button>
              )}
            </>
          );
        }}
      </Answered>
    </section>
  );
}

/** A day as effective moment means its end. */
function isInEffect({ effectiveAt }: Change, { effectiveAt: until }: Moment): boolean {
  if (until === undefined) return true;
  return isDay(until) ? dayOfLedger(effectiveAt) <= until : Date.parse(effectiveAt) <= Date.parse(until);
}

interface StepProps {
  readonly change: Change;
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Whether it counts at the moment of the figure. */
  readonly isInEffect: boolean;
}

const Step = ({ change, path, before, after, isInEffect: counts }: StepProps) => (
  <li>
    <ChangeDetails change={change}>
      <del>{showValue(path, before)}</del> <span aria-hidden="true">→</span> <ins>{showValue(path, after)}</ins>
      {!counts && <span class="tag">{say(BLAME_TEXTS.notInEffect)}</span>}
      {change.corrects !== null && (
        <span class="quiet">
          {' '}
          · {say(BLAME_TEXTS.corrects)} {change.corrects.position}
        </span>
      )}
    </ChangeDetails>
  </li>
);
