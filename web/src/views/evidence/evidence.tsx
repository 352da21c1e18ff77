import { useQuestion } from '../../api/questions';
import { SignedLedgerDocument, SignedLedgerQuery } from '../../generated/documents';
import { say } from '../../language/say';
import { Answered, Empty } from '../../layout/asked';
import { EvidenceForm } from './evidence-form';
import { EVIDENCE_TEXTS as TEXTS } from './texts';
import '../../entering/entering.css';

/** Makes evidence files, if the log is signed. */
export default function Evidence() {
  return (
    <>
      <h1>{say(TEXTS.title)}</h1>
      <p class="quiet">{say(TEXTS.intro)}</p>
      <Answered asked={useQuestion(SignedLedgerDocument, {})}>
        {({ ledger }) =>
          ledger.checkpoint === null ? <Empty>{say(TEXTS.unsigned)}</Empty> : <Signed ledger={ledger} />
        }
      </Answered>
    </>
  );
}

function Signed({ ledger: { checkpoint, verifierKeys } }: Pick<SignedLedgerQuery, 'ledger'>) {
  return (
    <>
      <EvidenceForm />
      {checkpoint !== null && (
        <>
          <h2>{say(TEXTS.checkpoint)}</h2>
          <p>
            {say(TEXTS.size(checkpoint.treeSize))} · <code>{checkpoint.rootHash}</code>
          </p>
        </>
      )}
      <h2>{say(TEXTS.keys)}</h2>
      <ul>
        {verifierKeys.map((key) => (
          <li key={key}>
            <code>{key}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
