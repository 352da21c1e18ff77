import { useSnapshot } from '../../api/questions';
import { OneProposalDocument, WaitingProposalsDocument } from '../../generated/documents';
import { say } from '../../language/say';
import { Answered, Empty } from '../../layout/asked';
import { useSubject } from '../../layout/subject';
import { Link } from '../../routing/link';
import { hrefOf, place } from '../../routing/router';
import { ForwardPages } from '../../changes/forward-pages';
import { Proposal } from './proposal';
import { PROPOSAL_TEXTS as TEXTS } from './texts';
import './proposals.css';

export default function Proposals() {
  const [code] = place.value.parts;
  return code === undefined ? <Waiting /> : <One code={code} />;
}

function Waiting() {
  const asked = useSnapshot(WaitingProposalsDocument, { after: place.value.query.after });
  return (
    <>
      <h1>{say(TEXTS.title)}</h1>
      <p class="quiet">{say(TEXTS.intro)}</p>
      <Answered asked={asked}>
        {({ asOf }) => {
          const page = asOf?.proposals;
          return (
            <>
              {page?.nodes.length === 0 && <Empty>{say(TEXTS.none)}</Empty>}
              {page?.nodes.map((proposal) => (
                <Proposal key={proposal.code} proposal={proposal} />
              ))}
              <ForwardPages
                next={page?.pageInfo.hasNextPage === true ? (page.pageInfo.endCursor ?? undefined) : undefined}
              />
            </>
          );
        }}
      </Answered>
    </>
  );
}

function One({ code }: { readonly code: string }) {
  const asked = useSnapshot(OneProposalDocument, { code });
  useSubject(code);
  return (
    <>
      <h1>{say(TEXTS.one)}</h1>
      <p>
        <Link href={hrefOf('proposals')}>{say(TEXTS.all)}</Link>
      </p>
      <Answered asked={asked}>
        {({ asOf }) => (asOf?.proposal ? <Proposal proposal={asOf.proposal} /> : <Empty>{say(TEXTS.noSuch)}</Empty>)}
      </Answered>
    </>
  );
}
