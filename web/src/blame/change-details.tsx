import { ComponentChildren } from 'preact';
import { ChangeFactsFragment } from '../generated/documents';
import { say } from '../language/say';
import { Link } from '../routing/link';
import { place } from '../routing/router';
import { writeAddress } from '../routing/place';
import { showDayOf, showTime } from '../session/ledger';
import { changeTypeText } from '../terms/changes';
import { EvidenceLinks } from './evidence-links';
import { personText } from './person';
import { Proof } from './proof';
import { BLAME_TEXTS } from './texts';

interface Props {
  readonly change: ChangeFactsFragment;
  /** What stands behind the type of the change, such as an amount. */
  readonly children?: ComponentChildren;
}

/** Who recorded a change, when, in effect from when, why, with which document and evidence, and its proof. */
export function ChangeDetails({ change, children }: Props) {
  const { type, position, recordedAt, effectiveAt, documentNo, reason, actor, confirmedBy, evidence } = change;
  const then = writeAddress({ place: place.value, moment: { position } });
  return (
    <div class="change">
      <p class="change-type">
        <strong>{say(changeTypeText(type))}</strong> {children}
      </p>
      <dl class="facts">
        <Fact name={say(BLAME_TEXTS.by)}>{personText(actor)}</Fact>
        {confirmedBy && <Fact name={say(BLAME_TEXTS.confirmedBy)}>{personText(confirmedBy)}</Fact>}
        <Fact name={say(BLAME_TEXTS.recorded)}>
          <time dateTime={recordedAt}>{showTime(recordedAt)}</time>
        </Fact>
        <Fact name={say(BLAME_TEXTS.inEffect)}>
          <time dateTime={effectiveAt}>{showDayOf(effectiveAt)}</time>
        </Fact>
        <Fact name={say(BLAME_TEXTS.document)}>{documentNo ?? say(BLAME_TEXTS.none)}</Fact>
        <Fact name={say(BLAME_TEXTS.reason)}>{reason ?? say(BLAME_TEXTS.none)}</Fact>
        <Fact name={say(BLAME_TEXTS.evidence)}>
          <EvidenceLinks evidence={evidence} />
        </Fact>
        <Fact name={say(BLAME_TEXTS.position)}>
          <Link href={then} title={say(BLAME_TEXTS.showThen)}>
            {position}
          </Link>
        </Fact>
      </dl>
      <Proof change={change} />
    </div>
  );
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
