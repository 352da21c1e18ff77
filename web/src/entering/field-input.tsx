import { say } from '../language/say';
import { Field, Option, TICKED } from './field';
import { ENTERING_TEXTS as TEXTS } from './texts';

interface Props {
  readonly field: Field;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What may be chosen; undefined: not known yet. */
  readonly options?: readonly Option[];
  readonly problems: readonly string[];
  readonly isDisabled: boolean;
}

/** A labelled field with its hint, and what is wrong with it. */
export function FieldInput(props: Props) {
  const { field, value, onChange, problems, isDisabled } = props;
  const { name, title, hint, unit, isRequired = false, kind } = field;
  const id = `field-${name}`;
  const described = [hint && `${id}-hint`, problems.length > 0 && `${id}-problem`].filter(Boolean).join(' ');
  const attributes = {
    id,
    name,
    disabled: isDisabled,
    'aria-required': isRequired,
    'aria-invalid': problems.length > 0,
    'aria-describedby': described === '' ? undefined : described,
  };
  const isTick = kind === 'tick';
  return (
    <div
      class={['field', isTick && 'is-tick', kind === 'long' && 'is-wide', problems.length > 0 && 'is-wrong']
        .filter(Boolean)
        .join(' ')}
    >
      {isTick && (
        <input
          {...attributes}
          type="checkbox"
          checked={value === TICKED}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.checked ? TICKED : '');
          }}
        />
      )}
      <label for={id}>
        {say(title)}
        {unit && <span class="quiet"> ({say(unit)})</span>}
        {isRequired && (
          <span class="required" aria-hidden="true">
            {' '}
            *
          </span>
        )}
      </label>
      {!isTick && <Control {...props} attributes={attributes} onChange={onChange} />}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {say(hint)}
        </p>
      )}
      {problems.length > 0 && (
        <p class="field-problem" id={`${id}-problem`}>
          {problems.join('; ')}
        </p>
      )}
    </div>
  );
}

function Control({
  field,
  value,
  onChange,
  options,
  attributes,
}: Props & { readonly attributes: { readonly id: string } }) {
  const { kind } = field;
  const onInput = ({ currentTarget }: { readonly currentTarget: { readonly value: string } }): void => {
    onChange(currentTarget.value);
  };
  if (kind === 'long') return <textarea {...attributes} rows={2} value={value} onInput={onInput} />;
  if (kind === 'day') return <input {...attributes} type="date" value={value} onInput={onInput} />;
  if (kind !== 'choice')
    return (
      <input
        {...attributes}
        inputMode={kind === 'decimal' ? 'decimal' : 'text'}
        autocomplete="off"
        value={value}
        onInput={onInput}
      />
    );
  return (
    <select {...attributes} value={value} onChange={onInput}>
      <option value="">{say(TEXTS.choose)}</option>
      {options?.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  );
}
