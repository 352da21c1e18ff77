import { useEffect, useState } from 'preact/hooks';
import { useQuestion } from '../api/questions';
import { ChangeFactsFragment, ChangeProofDocument, ChangeProofQuery } from '../generated/documents';
import { say } from '../language/say';
import { Answered, Empty } from '../layout/asked';
import { NOW } from '../moment/moment';
import { beforeIt, changeIn } from './change-in';
import { useEntityId } from './entity-id';
import { rootOf } from './proof-check';
import { BLAME_TEXTS } from './texts';

type Change = Pick<ChangeFactsFragment, 'position' | 'entity' | 'entityType'>;

/** The leaf of the change in the tree of the log, and the proof that it is there. It is asked for when it is opened. */
export function Proof({ change }: { readonly change: Change }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      class="proof"
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>{say(BLAME_TEXTS.proof)}</summary>
      {isOpen && <OpenProof change={change} />}
    </details>
  );
}

function OpenProof({ change }: { readonly change: Change }) {
  const asked = useEntityId(change.entityType, change.entity, NOW);
  return (
    <Answered asked={asked}>
      {({ id }) =>
        id === null ? <Empty>{say(BLAME_TEXTS.noProof)}</Empty> : <Found id={id} position={change.position} />
      }
    </Answered>
  );
}

function Found({ id, position }: { readonly id: string; readonly position: string }) {
  const asked = useQuestion(ChangeProofDocument, { id, before: beforeIt(position) });
  return (
    <Answered asked={asked}>
      {({ node }) => {
        const change = changeIn(node, position);
        return change === undefined ? <Empty>{say(BLAME_TEXTS.noProof)}</Empty> : <Leaf change={change} />;
      }}
    </Answered>
  );
}

type Recorded = Extract<NonNullable<ChangeProofQuery['node']>, { readonly history: unknown }>;
type ProvenChange = Recorded['history']['nodes'][number];
type Inclusion = NonNullable<ProvenChange['inclusionProof']>;

function Leaf({ change: { leafIndex, leafHash, inclusionProof } }: { readonly change: ProvenChange }) {
  return (
    <>
      <dl class="facts">
        <Hashed name={say(BLAME_TEXTS.leaf)} text={leafIndex} />
        <Hashed name={say(BLAME_TEXTS.leafHash)} text={leafHash} />
        {inclusionProof?.checkpoint && (
          <>
            <Hashed name={say(BLAME_TEXTS.tree)} text={inclusionProof.treeSize} />
            <Hashed name={say(BLAME_TEXTS.path)} text={inclusionProof.hashes.join(' ')} />
            <Hashed name={say(BLAME_TEXTS.root)} text={inclusionProof.checkpoint.rootHash} />
          </>
        )}
      </dl>
      {inclusionProof === null || leafHash === null ? (
        <Empty>{say(BLAME_TEXTS.noProof)}</Empty>
      ) : (
        <Checked leafHash={leafHash} proof={inclusionProof} />
      )}
    </>
  );
}

/** Whether leaf and path give the root of the checkpoint, as this browser computes it. */
function Checked({ leafHash, proof }: { readonly leafHash: string; readonly proof: Inclusion }) {
  const [root, setRoot] = useState<string | null>();
  const { leafIndex, treeSize, hashes, checkpoint } = proof;
  useEffect(() => {
    // Browsers have no Web Crypto for pages that come over plain HTTP from another machine.
    if (!isSecureContext) return;
    void rootOf({ leafHash, leafIndex, treeSize, hashes }).then((computed) => {
      setRoot(computed ?? null);
    });
  }, [proof]);
  if (checkpoint === null) return null;
  const isRight = root === checkpoint.rootHash;
  return (
    <>
      {root !== undefined && (
        <p class={isRight ? 'good' : 'bad'} role="status">
          {say(isRight ? BLAME_TEXTS.proofHolds : BLAME_TEXTS.proofFails)}
        </p>
      )}
      <p>{say(BLAME_TEXTS.checkpoint)}</p>
      <pre class="note">{checkpoint.note}</pre>
    </>
  );
}

const Hashed = ({ name, text }: { readonly name: string; readonly text: string | null }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <code class="hash">{text ?? '—'}</code>
    </dd>
  </div>
);
