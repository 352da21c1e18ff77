import { useState } from 'preact/hooks';
import { Failure } from '../../api/failure';
import { say } from '../../language/say';
import { Failed } from '../../layout/asked';
import { useSubject } from '../../layout/subject';
import { moment, place } from '../../routing/router';
import { evidenceAddress, EvidenceForm as FileForm, fileName, hasYear, Subject, SUBJECTS } from './address';
import { getFile } from './get-file';
import { EVIDENCE_TEXTS as TEXTS, SUBJECT_TEXTS } from './texts';

/** What the file is about, and its two forms. A link may have filled it in: /app/evidence?about=budget&code=…&year=… */
export function EvidenceForm() {
  const { about, code: linked = '', year = '' } = place.value.query;
  const [subject, setSubject] = useState<Subject>(SUBJECTS.find((known) => known === about) ?? 'department-year');
  const [code, setCode] = useState(linked);
  const [fiscalYear, setFiscalYear] = useState(year);
  useSubject(code, hasYear(subject) ? fiscalYear : undefined);
  const [making, setMaking] = useState<FileForm>();
  const [outcome, setOutcome] = useState<{ readonly form: FileForm; readonly failure?: Failure }>();
  const [isChecked, setIsChecked] = useState(false);
  const isComplete = code.trim() !== '' && (!hasYear(subject) || fiscalYear.trim() !== '');
  const get = async (form: FileForm): Promise<void> => {
    setIsChecked(true);
    if (!isComplete || making !== undefined) return;
    setMaking(form);
    setOutcome(undefined);
    const wanted = { subject, code, fiscalYear, form };
    const failure = await getFile(evidenceAddress(wanted, moment.value), fileName(wanted));
    setMaking(undefined);
    setOutcome({ form, failure });
  };
  const field = (id: string, title: string, value: string, set: (value: string) => void) => {
    const isMissing = isChecked && value.trim() === '';
    return (
      <div class={isMissing ? 'field is-wrong' : 'field'}>
        <label for={id}>{title}</label>
        <input
          id={id}
          value={value}
          autocomplete="off"
          aria-invalid={isMissing}
          aria-describedby={isMissing ? `${id}-problem` : undefined}
          onInput={({ currentTarget }) => {
            set(currentTarget.value);
          }}
        />
        {isMissing && (
          <p class="field-problem" id={`${id}-problem`}>
            {say(TEXTS.isMissing)}
          </p>
        )}
      </div>
    );
  };
  return (
    <form
      class="entering"
      onSubmit={(event) => {
        event.preventDefault();
        void get('json');
      }}
    >
      <div class="fields">
        <div class="field">
          <label for="evidence-about">{say(TEXTS.about)}</label>
          <select
            id="evidence-about"
            value={subject}
            onChange={({ currentTarget }) => {
              setSubject(currentTarget.value as Subject);
            }}
          >
            {SUBJECTS.map((each) => (
              <option key={each} value={each}>
                {say(SUBJECT_TEXTS[each])}
              </option>
            ))}
          </select>
        </div>
        {field('evidence-code', say(codeTitle(subject)), code, setCode)}
        {hasYear(subject) && field('evidence-year', say(TEXTS.year), fiscalYear, setFiscalYear)}
      </div>
      <p class="quiet">{subject !== 'change' && say(TEXTS.moment)}</p>
      <p class="actions">
        <button type="submit" class="primary" aria-disabled={making !== undefined}>
          {say(making === 'json' ? TEXTS.making : TEXTS.json)}
        </button>
        <button type="button" aria-disabled={making !== undefined} onClick={() => void get('html')}>
          {say(making === 'html' ? TEXTS.making : TEXTS.html)}
        </button>
        <span class="quiet" role="status">
          {outcome !== undefined && outcome.failure === undefined && say(TEXTS.done)}
        </span>
      </p>
      {outcome?.failure !== undefined && <Failed failure={outcome.failure} again={() => void get(outcome.form)} />}
    </form>
  );
}

function codeTitle(subject: Subject) {
  if (subject === 'change') return TEXTS.position;
  return hasYear(subject) || subject === 'department' ? TEXTS.department : TEXTS.code;
}
