import { useEffect, useRef } from 'preact/hooks';
import { say } from '../../language/say';
import { useSubject } from '../../layout/subject';
import { place, setQuery } from '../../routing/router';
import { Documents } from './documents';
import { Entities } from './entities';
import { SEARCH_TEXTS as TEXTS } from './texts';
import './search.css';

/** Searches names and codes as of the moment that is shown, and document numbers. */
export default function Search() {
  const wanted = place.value.query.for ?? '';
  useSubject(wanted);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
  }, []);
  return (
    <>
      <h1>{say(TEXTS.title)}</h1>
      <form
        role="search"
        class="search"
        onSubmit={(event) => {
          event.preventDefault();
          setQuery({ for: field.current?.value.trim() || undefined });
        }}
      >
        <label for="search-for">{say(TEXTS.label)}</label>
        <input id="search-for" type="search" ref={field} defaultValue={wanted} maxLength={200} />
        <button type="submit" class="primary">
          {say(TEXTS.search)}
        </button>
      </form>
      {wanted !== '' && (
        <>
          <Entities wanted={wanted} />
          <Documents wanted={wanted} />
        </>
      )}
    </>
  );
}
