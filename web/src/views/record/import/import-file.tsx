import { useRef, useState } from 'preact/hooks';
import { say } from '../../../language/say';
import { Failed } from '../../../layout/asked';
import { fileOf } from './file-of';
import { isLost, isSending, mayRecord } from './importing';
import { ReportView } from './report-view';
import { ImportOrder } from './send-file';
import { IMPORT_TEXTS as TEXTS } from './texts';
import { useImporting } from './use-importing';

/** A file is rehearsed first. What is recorded is the same file, so it is sent again as it was. */
export function ImportFile() {
  const [order, setOrder] = useState<Omit<ImportOrder, 'file'>>({ map: '', department: '', fiscalYear: '' });
  const [file, setFile] = useState<File>();
  const [isUnread, setIsUnread] = useState(false);
  const latest = useRef({ order, file });
  latest.current = { order, file };
  const { importing, change, rehearse, record } = useImporting();
  const isBusy = isSending(importing);
  const isLocked = importing.step === 'RECORDING';
  const answer = 'answer' in importing ? importing.answer : undefined;
  const start = async (): Promise<void> => {
    if (file === undefined || isBusy) return;
    const copy = await fileOf(file);
    // Another file has been chosen meanwhile.
    if (latest.current.file !== file || latest.current.order !== order) return;
    setIsUnread(copy === undefined);
    if (copy !== undefined) rehearse({ ...order, file: copy });
  };
  const edit = (changes: Partial<typeof order>): void => {
    setOrder({ ...order, ...changes });
    change();
  };
  return (
    <form
      class="entering"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <p class="quiet">{say(TEXTS.intro)}</p>
      <div class="fields">
        <div class="field is-wide">
          <label for="import-file">{say(TEXTS.file)}</label>
          <input
            id="import-file"
            type="file"
            accept=".xlsx,.xls,.csv"
            disabled={isLocked}
            aria-describedby={isUnread ? 'import-file-problem' : undefined}
            onChange={({ currentTarget }) => {
              setFile(currentTarget.files?.[0]);
              setIsUnread(false);
              change();
            }}
          />
          {isUnread && (
            <p class="field-problem" id="import-file-problem">
              {say(TEXTS.unread)}
            </p>
          )}
        </div>
        <TextField
          name="department"
          title={say(TEXTS.department)}
          value={order.department}
          isDisabled={isLocked}
          onInput={(department) => {
            edit({ department });
          }}
        />
        <TextField
          name="year"
          title={say(TEXTS.year)}
          value={order.fiscalYear}
          isDisabled={isLocked}
          onInput={(fiscalYear) => {
            edit({ fiscalYear });
          }}
        />
        <details class="field is-wide">
          <summary>{say(TEXTS.map)}</summary>
          <textarea
            rows={5}
            spellcheck={false}
            aria-label={say(TEXTS.map)}
            value={order.map}
            disabled={isLocked}
            onInput={({ currentTarget }) => {
              edit({ map: currentTarget.value });
            }}
          />
        </details>
      </div>
      <p class="actions">
        <button
          type="submit"
          disabled={file === undefined || isBusy}
          class={mayRecord(importing) ? undefined : 'primary'}
        >
          {say(importing.step === 'REHEARSING' ? TEXTS.sending : TEXTS.rehearse)}
        </button>
        {(mayRecord(importing) || isLocked) && (
          <button type="button" class="primary" aria-disabled={isLocked} onClick={record}>
            {say(isLocked ? TEXTS.sending : TEXTS.record)}
          </button>
        )}
      </p>
      {isLost(importing) && <p role="alert">{say(TEXTS.lost)}</p>}
      {answer?.ok === false && (
        <Failed failure={answer.failure} again={isLost(importing) ? record : () => void start()} />
      )}
      {answer?.ok === true && (
        <div class={isLocked ? 'answer is-old' : 'answer'} aria-busy={isLocked}>
          <ReportView report={answer.data} />
        </div>
      )}
    </form>
  );
}

interface TextFieldProps {
  readonly name: string;
  readonly title: string;
  readonly value: string;
  readonly isDisabled: boolean;
  readonly onInput: (value: string) => void;
}

const TextField = ({ name, title, value, isDisabled, onInput }: TextFieldProps) => (
  <div class="field">
    <label for={`import-${name}`}>{title}</label>
    <input
      id={`import-${name}`}
      value={value}
      disabled={isDisabled}
      autocomplete="off"
      onInput={({ currentTarget }) => {
        onInput(currentTarget.value);
      }}
    />
  </div>
);
