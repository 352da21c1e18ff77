import { useState } from 'preact/hooks';
import { refresh } from '../../../api/connection';
import { Answer } from '../../../api/failure';
import { say } from '../../../language/say';
import { Failed } from '../../../layout/asked';
import { ImportReport } from './report';
import { ReportView } from './report-view';
import { ImportOrder, sendFile } from './send-file';
import { IMPORT_TEXTS as TEXTS } from './texts';

const MAY_LIE = ['UNREACHABLE', 'UNAVAILABLE', 'INTERNAL_SERVER_ERROR'];

/** A file is rehearsed first. What is recorded is the same file, so it is sent again as it was. */
export function ImportFile() {
  const [order, setOrder] = useState<Omit<ImportOrder, 'file' | 'isDryRun'>>({
    map: '',
    department: '',
    fiscalYear: '',
  });
  const [file, setFile] = useState<File>();
  const [answer, setAnswer] = useState<Answer<ImportReport>>();
  const [isSending, setIsSending] = useState(false);
  const [wasDryRun, setWasDryRun] = useState(true);
  const send = async (isDryRun: boolean): Promise<void> => {
    if (file === undefined || isSending) return;
    setIsSending(true);
    setWasDryRun(isDryRun);
    const received = await sendFile({ ...order, file, isDryRun });
    setAnswer(received);
    setIsSending(false);
    if (!isDryRun && received.ok) refresh();
  };
  const change = (changes: Partial<typeof order>): void => {
    setOrder({ ...order, ...changes });
    setAnswer(undefined);
  };
  const mayRecord = answer?.ok === true && ['DRY_RUN', 'INCOMPLETE'].includes(answer.data.status);
  const isLost = answer?.ok === false && !wasDryRun && MAY_LIE.includes(answer.failure.code);
  return (
    <form
      class="entering"
      onSubmit={(event) => {
        event.preventDefault();
        void send(true);
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
            onChange={({ currentTarget }) => {
              setFile(currentTarget.files?.[0]);
              setAnswer(undefined);
            }}
          />
        </div>
        <TextField
          name="department"
          title={say(TEXTS.department)}
          value={order.department}
          onInput={(department) => {
            change({ department });
          }}
        />
        <TextField
          name="year"
          title={say(TEXTS.year)}
          value={order.fiscalYear}
          onInput={(fiscalYear) => {
            change({ fiscalYear });
          }}
        />
        <details class="field is-wide">
          <summary>{say(TEXTS.map)}</summary>
          <textarea
            rows={5}
            spellcheck={false}
            aria-label={say(TEXTS.map)}
            value={order.map}
            onInput={({ currentTarget }) => {
              change({ map: currentTarget.value });
            }}
          />
        </details>
      </div>
      <p class="actions">
        <button type="submit" disabled={file === undefined || isSending} class={mayRecord ? undefined : 'primary'}>
          {say(isSending ? TEXTS.sending : TEXTS.rehearse)}
        </button>
        {(mayRecord || isLost) && (
          <button type="button" class="primary" aria-disabled={isSending} onClick={() => void send(false)}>
            {say(TEXTS.record)}
          </button>
        )}
      </p>
      {isLost && <p role="alert">{say(TEXTS.lost)}</p>}
      {answer?.ok === false && <Failed failure={answer.failure} again={() => void send(wasDryRun)} />}
      {answer?.ok === true && <ReportView report={answer.data} />}
    </form>
  );
}

interface TextFieldProps {
  readonly name: string;
  readonly title: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

const TextField = ({ name, title, value, onInput }: TextFieldProps) => (
  <div class="field">
    <label for={`import-${name}`}>{title}</label>
    <input
      id={`import-${name}`}
      value={value}
      autocomplete="off"
      onInput={({ currentTarget }) => {
        onInput(currentTarget.value);
      }}
    />
  </div>
);
