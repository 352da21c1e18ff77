import { say } from '../../language/say';
import { Moment } from '../../moment/moment';
import { showMoment, setQuery, moment } from '../../routing/router';
import { showDayOf, today } from '../../session/ledger';
import { FIRST_NAMES } from './first-moment';
import { DIFFERENCE_TEXTS } from './texts';

/** The two moments. The first is chosen here; the second is the one that the clocks show. */
export function MomentChoice({ from }: { readonly from: Moment }) {
  return (
    <div class="two-moments">
      <fieldset>
        <legend>{say(DIFFERENCE_TEXTS.first)}</legend>
        {from.position !== undefined && (
          <p>
            {say(DIFFERENCE_TEXTS.position)} {from.position}
          </p>
        )}
        <DayField
          label={say(DIFFERENCE_TEXTS.known)}
          day={from.knownAt}
          isPast
          onChoose={(day) => {
            setQuery({ [FIRST_NAMES.knownAt]: day, [FIRST_NAMES.position]: undefined });
          }}
        />
        <DayField
          label={say(DIFFERENCE_TEXTS.effective)}
          day={from.effectiveAt}
          onChoose={(day) => {
            setQuery({ [FIRST_NAMES.effectiveAt]: day });
          }}
        />
      </fieldset>
      <fieldset>
        <legend>{say(DIFFERENCE_TEXTS.second)}</legend>
        {moment.value.position !== undefined && (
          <p>
            {say(DIFFERENCE_TEXTS.position)} {moment.value.position}
          </p>
        )}
        <DayField
          label={say(DIFFERENCE_TEXTS.known)}
          day={moment.value.knownAt}
          isPast
          onChoose={(knownAt) => {
            showMoment({ effectiveAt: moment.value.effectiveAt, knownAt });
          }}
        />
        <DayField
          label={say(DIFFERENCE_TEXTS.effective)}
          day={moment.value.effectiveAt}
          onChoose={(effectiveAt) => {
            showMoment({ ...moment.value, effectiveAt });
          }}
        />
      </fieldset>
    </div>
  );
}

interface DayProps {
  readonly label: string;
  readonly day: string | undefined;
  /** Whether a later day than today cannot be chosen. */
  readonly isPast?: boolean;
  readonly onChoose: (day: string | undefined) => void;
}

function DayField({ label, day, isPast = false, onChoose }: DayProps) {
  const isInstant = day !== undefined && day.length > 10;
  return (
    <label>
      {label}{' '}
      <input
        type="date"
        value={day?.slice(0, 10) ?? ''}
        max={isPast ? today() : undefined}
        onChange={({ currentTarget }) => {
          onChoose(currentTarget.value === '' ? undefined : currentTarget.value);
        }}
      />
      {isInstant && <span class="quiet"> {showDayOf(day)}</span>}
    </label>
  );
}
