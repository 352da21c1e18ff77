import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Failure } from '../../api/failure';
import { say } from '../../language/say';
import { goTo } from '../../routing/router';
import { finishSignIn, isReturning, signInAt } from '../open-id';
import { OpenIdClient, readSettings, settings } from '../settings';
import { acceptFromProvider, leave, leftOpen } from '../provider-session';
import { viewerFailure } from '../viewer';
import { failureText } from '../../layout/failure-texts';
import { DemoPeople } from './demo-people';
import { PastedToken } from './pasted-token';
import { SIGN_IN_TEXTS as TEXTS } from './texts';
import './sign-in.css';

const TITLE = 'sign-in-title';

export const SignIn = () => (
  <section class="sign-in" aria-labelledby={TITLE}>
    <WaysIn intro={say(TEXTS.intro)} />
  </section>
);

/** A token has expired. What the person was looking at is below, and cannot be used until somebody has signed in. */
export function SignInAgain() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = (): void => {
    dialog.current?.showModal();
    // Else the key that somebody is about to press would press a button.
    dialog.current?.focus();
  };
  useLayoutEffect(() => {
    open();
    // What had the focus gets it back.
    return () => dialog.current?.close();
  }, []);
  return (
    // Browsers let a key close it, but nothing can be asked without a token.
    <dialog class="sign-in" tabIndex={-1} aria-labelledby={TITLE} ref={dialog} onClose={open}>
      <WaysIn intro={say(TEXTS.expired)} failure={viewerFailure.value} />
      <button type="button" class="plain" onClick={() => void leave()}>
        {say(TEXTS.leave)}
      </button>
    </dialog>
  );
}

interface Props {
  readonly intro: string;
  /** Why nobody is signed in though somebody has tried. */
  readonly failure?: Failure | undefined;
}

function WaysIn({ intro, failure }: Props) {
  const known = settings.value;
  const [problem, setProblem] = useState<string>();
  const fail = (error: unknown): void => {
    setProblem(error instanceof Error ? error.message : String(error));
  };
  useEffect(() => {
    readSettings().then(finish).catch(fail);
  }, []);
  return (
    <>
      <h1 id={TITLE}>明鉴 Mingjian</h1>
      <p>{intro}</p>
      {leftOpen.value !== undefined && (
        <p class="problem" role="alert">
          {say(TEXTS.leftOpen)} <span class="quiet">{leftOpen.value}</span>
        </p>
      )}
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {failure !== undefined && (
        <p class="problem" role="alert">
          {say(failureText(failure))}
        </p>
      )}
      {known?.people !== undefined && <DemoPeople people={known.people} />}
      {known?.openId !== undefined && <Provider client={known.openId} onFailure={fail} />}
      {known !== undefined && <PastedToken isFirst={known.people === undefined && known.openId === undefined} />}
    </>
  );
}

async function finish(): Promise<void> {
  const query = new URL(location.href).searchParams;
  const client = settings.peek()?.openId;
  if (client === undefined || !isReturning(query)) return;
  try {
    const returned = await finishSignIn(client, query);
    acceptFromProvider(returned);
    goTo(returned.back, { replace: true });
  } catch (error) {
    // The code must not stay in the address.
    goTo('/app/', { replace: true });
    throw error;
  }
}

function Provider({
  client,
  onFailure,
}: {
  readonly client: OpenIdClient;
  readonly onFailure: (error: unknown) => void;
}) {
  return (
    <button
      type="button"
      class="primary"
      onClick={() => {
        signInAt(client).catch(onFailure);
      }}
    >
      {say(TEXTS.provider)}
    </button>
  );
}
