import { say } from '../../language/say';
import { DemoPerson } from '../settings';
import { acceptToken } from '../token';
import { DEMO_ROLES, SIGN_IN_TEXTS as TEXTS } from './texts';

/** The people of the demo: a click signs in as one of them. */
export function DemoPeople({ people }: { readonly people: readonly DemoPerson[] }) {
  return (
    <>
      <h2>{say(TEXTS.people)}</h2>
      <ul class="people">
        {people.map(({ sub, name, token }) => {
          const role = DEMO_ROLES[sub];
          return (
            <li key={sub}>
              <button
                type="button"
                onClick={() => {
                  acceptToken(token);
                }}
              >
                <strong>{name}</strong>
                {role !== undefined && <span class="quiet"> {say(role)}</span>}
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
