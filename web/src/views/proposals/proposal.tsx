import { ComponentChildren } from 'preact';
import { useQuestion } from '../../api/questions';
import { useLineNames } from '../../changes/line-names';
import { BeforeAndAfter } from '../../entering/before-and-after';
import { ProposalFactsFragment, ProposalPreviewDocument } from '../../generated/documents';
import { Text } from '../../language/language';
import { say } from '../../language/say';
import { Answered } from '../../layout/asked';
import { isNow } from '../../moment/moment';
import { moment } from '../../routing/router';
import { showDay, showTime } from '../../session/ledger';
import { commandText } from '../../terms/commands';
import { Decide } from './decide';
import { inputFacts, inputText } from './input-facts';
import { PROPOSAL_TEXTS as TEXTS, STATUS_TEXTS } from './texts';

/** What is proposed, by whom, and what it would do now. */
export function Proposal({ proposal }: { readonly proposal: ProposalFactsFragment }) {
  const { code, status, command, departmentCode, fiscalYear, input, proposedBy, proposedAt } = proposal;
  const { decidedBy, decidedAt, reason } = proposal;
  return (
    <article class="proposal" aria-label={`${say(commandText(command))} ${code}`}>
      <h2>
        {say(commandText(command))} <span class="quiet">{[departmentCode, fiscalYear].join(' · ')}</span>{' '}
        <span class={`status is-${status.toLowerCase()}`}>{say(STATUS_TEXTS[status])}</span>
      </h2>
      <dl class="proposal-facts">
        <Fact name={TEXTS.proposedBy}>{proposedBy.name ?? proposedBy.sub}</Fact>
        <Fact name={TEXTS.proposedAt}>{showTime(proposedAt)}</Fact>
        {decidedBy !== null && <Fact name={TEXTS.decidedBy}>{decidedBy.name ?? decidedBy.sub}</Fact>}
        {decidedAt !== null && <Fact name={TEXTS.decidedAt}>{showTime(decidedAt)}</Fact>}
        {reason !== null && <Fact name={TEXTS.reason}>{reason}</Fact>}
        {inputFacts(input, say, showDay).map(([name, value]) => (
          <Fact key={name} name={inputText(name)}>
            {value}
          </Fact>
        ))}
      </dl>
      {status === 'WAITING' && isNow(moment.value) && (
        <>
          <Preview proposal={proposal} />
          <Decide proposal={proposal} />
        </>
      )}
    </article>
  );
}

function Preview({ proposal: { code, departmentCode, fiscalYear } }: { readonly proposal: ProposalFactsFragment }) {
  const asked = useQuestion(ProposalPreviewDocument, { code });
  const lineNames = useLineNames([departmentCode]);
  return (
    <Answered asked={asked}>
      {({ proposal }) => {
        const preview = proposal?.preview;
        if (!preview) return null;
        if (preview.message !== null)
          return (
            <p class="field-problem">
              <strong>{say(TEXTS.refusedBy)}</strong>: {preview.message} {preview.rule && <code>{preview.rule}</code>}
            </p>
          );
        return (
          <>
            <h3>{say(TEXTS.preview)}</h3>
            <BeforeAndAfter
              fields={preview.fields}
              caption={say(TEXTS.preview)}
              itemName={lineNames(`${departmentCode}.${fiscalYear ?? ''}`)}
            />
          </>
        );
      }}
    </Answered>
  );
}

const Fact = ({ name, children }: { readonly name: Text; readonly children: ComponentChildren }) => (
  <div>
    <dt>{say(name)}</dt>
    <dd>{children}</dd>
  </div>
);
