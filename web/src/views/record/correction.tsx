import { useQuestion } from '../../api/questions';
import { ActionFormView } from '../../entering/action-form';
import { CORRECT_BUDGET_FACT } from '../../entering/forms/correct-budget-fact';
import { CORRECT_OBSERVATION } from '../../entering/forms/correct-observation';
import { QUALIFIER_CHOICES } from '../../entering/forms/observation-fields';
import { ChangeToCorrectDocument } from '../../generated/documents';
import { say } from '../../language/say';
import { Answered, Empty } from '../../layout/asked';
import { isPosition } from '../../moment/moment';
import { place } from '../../routing/router';
import { mayPerform, mayWriteIn } from '../../session/viewer';
import { before, Change, isBudgetFact, isObservation } from './correctable';
import { Fact } from './fact';
import { FactChoice } from './fact-choice';
import { useValues } from './forms';
import { useLines } from './references';
import { RECORD_TEXTS as TEXTS } from './texts';

/** Corrects the fact that the address names by its position: /app/record/correction/17. Without one, a fact is chosen. */
export function Correction() {
  const [, position] = place.value.parts;
  if (position === undefined) return <FactChoice />;
  return isPosition(position) ? (
    <CorrectionOf key={position} position={position} />
  ) : (
    <Empty>{say(TEXTS.noSuchFact)}</Empty>
  );
}

function CorrectionOf({ position }: { readonly position: string }) {
  const asked = useQuestion(ChangeToCorrectDocument, { before: before(position) });
  return (
    <Answered asked={asked}>
      {({ changes }) => {
        const change = changes?.nodes[0];
        if (change?.position !== position) return <Empty>{say(TEXTS.noSuchFact)}</Empty>;
        if (isBudgetFact(change.type) && mayPerform('correctBudgetFact') && mayWriteIn(change.department))
          return <BudgetFactCorrection change={change} />;
        if (isObservation(change.type) && mayPerform('correctObservation') && mayWriteIn(change.department))
          return <ObservationCorrection change={change} />;
        return <Empty>{say(TEXTS.cannot)}</Empty>;
      }}
    </Answered>
  );
}

function BudgetFactCorrection({ change }: { readonly change: Change }) {
  const [values, setValues] = useValues();
  const { department, fiscalYear, eventId } = change;
  const lines = useLines(department, String(fiscalYear));
  return (
    <ActionFormView
      form={CORRECT_BUDGET_FACT}
      values={{ ...values, department, fiscalYear: String(fiscalYear), change: eventId }}
      onChange={setValues}
      options={{}}
      itemName={lines.itemName}
    >
      <Fact change={change} />
    </ActionFormView>
  );
}

function ObservationCorrection({ change }: { readonly change: Change }) {
  const [values, setValues] = useValues();
  return (
    <ActionFormView
      form={CORRECT_OBSERVATION}
      values={{ ...values, code: change.entity, observation: change.eventId }}
      onChange={setValues}
      options={{ qualifier: Object.entries(QUALIFIER_CHOICES).map(([value, text]) => ({ value, text: say(text) })) }}
    >
      <Fact change={change} />
    </ActionFormView>
  );
}
