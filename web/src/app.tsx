import { Frame } from './layout/frame';
import { Asking, Failed } from './layout/asked';
import { SignIn, SignInAgain } from './session/sign-in/sign-in';
import { hasExpired, token } from './session/token';
import { viewer, viewerFailure } from './session/viewer';

/** The page: signing in, then the ledger. After the token has expired, the ledger stays below the request to sign in again. */
export function App() {
  if (token.value === undefined) return <SignIn />;
  if (viewer.value === undefined)
    return viewerFailure.value === undefined ? <Asking /> : <Failed failure={viewerFailure.value} />;
  return (
    <>
      {hasExpired.value && <SignInAgain />}
      {/* Nothing of one person stays on the screen of the next. */}
      <Frame key={viewer.value.sub} />
    </>
  );
}
