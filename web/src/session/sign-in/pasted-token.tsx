import { useState } from 'preact/hooks';
import { say } from '../../language/say';
import { acceptToken } from '../token';
import { SIGN_IN_TEXTS as TEXTS } from './texts';

/** For a server without an identity provider for the page: the person pastes a token. */
export function PastedToken({ isFirst }: { readonly isFirst: boolean }) {
  const [pasted, setPasted] = useState('');
  return (
    <details open={isFirst}>
      <summary>{say(TEXTS.token)}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const token = pasted.trim().replace(/^Bearer\s+/i, '');
          if (token !== '') acceptToken(token);
        }}
      >
        <label>
          {say(TEXTS.tokenLabel)}
          <textarea
            rows={4}
            spellcheck={false}
            autocomplete="off"
            value={pasted}
            onInput={({ currentTarget }) => {
              setPasted(currentTarget.value);
            }}
          />
        </label>
        <button type="submit" class="primary">
          {say(TEXTS.enter)}
        </button>
      </form>
    </details>
  );
}
