import { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { say } from '../language/say';
import { Failed } from '../layout/asked';
import { ChangedMeanwhile } from './changed-meanwhile';
import { missing, OptionsOf, Values } from './field';
import { FieldInput } from './field-input';
import { ActionForm } from './forms/form';
import { Outcome } from './outcome';
import { problemsOf } from './problems';
import { Rehearsal } from './rehearsal';
import { ENTERING_TEXTS as TEXTS } from './texts';
import { useWriting } from './use-writing';
import { ItemName } from './named-path';
import { WriteInput } from './written';
import { isLocked } from './writing';
import './entering.css';

interface Props<Input extends WriteInput> {
  readonly form: ActionForm<Input>;
  readonly values: Values;
  readonly onChange: (values: Values) => void;
  readonly options: OptionsOf;
  readonly itemName?: ItemName;
  /** What the fact is about, if that is not a field. */
  readonly children?: ComponentChildren;
}

/** Fields, then a dry run, then the recording. */
export function ActionFormView<Input extends WriteInput>(props: Props<Input>) {
  const { form, values, onChange, options, itemName, children } = props;
  const { writing, edit, rehearse, send } = useWriting(form.document);
  const [empty, setEmpty] = useState<readonly string[]>([]);
  const names = form.fields.map(({ name }) => name);
  const refusal = writing.step === 'FILLING' ? writing.refusal : undefined;
  const problems = refusal && problemsOf(refusal.failure, names);
  const changedSince = refusal?.failure.code === 'CONFLICT' ? refusal.rehearsal : undefined;
  const isConflict = changedSince !== undefined;
  const problemsAt = (name: string): readonly string[] =>
    empty.includes(name) ? [say(TEXTS.isMissing)] : (problems?.byField.get(name) ?? []);
  if (writing.step === 'RECORDED')
    return (
      <Outcome
        written={writing.written}
        itemName={itemName}
        onAnother={() => {
          onChange({ ...values, amount: '', documentNo: '', memo: '' });
          edit();
        }}
      />
    );
  return (
    <form
      class="entering"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const absent = missing(form.fields, values, options);
        setEmpty(absent);
        if (absent.length === 0) rehearse(form.inputOf(values));
        else focusOn(absent[0]);
      }}
    >
      {children}
      <div class="fields">
        {form.fields.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            options={options[field.name]}
            problems={problemsAt(field.name)}
            isDisabled={isLocked(writing)}
            onChange={(value) => {
              onChange({ ...values, [field.name]: value });
              setEmpty(empty.filter((name) => name !== field.name));
              edit();
            }}
          />
        ))}
      </div>
      {changedSince !== undefined && <ChangedMeanwhile rehearsal={changedSince} itemName={itemName} />}
      {refusal !== undefined && !isConflict && problems?.isGeneral === true && (
        <Failed failure={refusal.failure} again={edit} />
      )}
      {(writing.step === 'FILLING' || writing.step === 'REHEARSING') && (
        <p class="actions">
          <button type="submit" class="primary" disabled={writing.step === 'REHEARSING'}>
            {say(writing.step === 'REHEARSING' ? TEXTS.rehearsing : isConflict ? TEXTS.rehearseAgain : TEXTS.rehearse)}
          </button>
        </p>
      )}
      <Rehearsal writing={writing} edit={edit} send={send} itemName={itemName} />
    </form>
  );
}

function focusOn(name: string | undefined): void {
  if (name !== undefined) document.getElementById(`field-${name}`)?.focus();
}
