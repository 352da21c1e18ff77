import { useEffect, useState } from 'preact/hooks';
import { say } from '../../language/say';
import { goTo } from '../../routing/router';
import { finishSignIn, isReturning, signInAt } from '../open-id';
import { OpenIdClient, readSettings, settings } from '../settings';
import { acceptFromProvider, leftOpen } from '../provider-session';
import { viewerFailure } from '../viewer';
import { failureText } from '../../layout/failure-texts';
import { DemoPeople } from './demo-people';
import { PastedToken } from './pasted-token';
import { SIGN_IN_TEXTS as TEXTS } from './texts';
import './sign-in.css';

/** With `isAgain`, a token has expired: what the person was looking at is below. */
export function SignIn({ isAgain = false }: { readonly isAgain?: boolean }) {
  const known = settings.value;
  const [problem, setProblem] = useState<string>();
  const fail = (error: unknown): void => {
    setProblem(error instanceof Error ? error.message : String(error));
  };
  useEffect(() => {
    readSettings().then(finish).catch(fail);
  }, []);
  return (
    <section class={isAgain ? 'sign-in is-again' : 'sign-in'} aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">明鉴 Mingjian</h1>
      <p>{say(isAgain ? TEXTS.expired : TEXTS.intro)}</p>
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
      {isAgain && viewerFailure.value !== undefined && (
        <p class="problem" role="alert">
          {say(failureText(viewerFailure.value))}
        </p>
      )}
      {known?.people !== undefined && <DemoPeople people={known.people} />}
      {known?.openId !== undefined && <Provider client={known.openId} onFailure={fail} />}
      {known !== undefined && <PastedToken isFirst={known.people === undefined && known.openId === undefined} />}
    </section>
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
