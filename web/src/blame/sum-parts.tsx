import { formatYuan, UNIT_SIGNS } from '../language/money';
import { say } from '../language/say';
import { unit } from '../preferences/preferences';
import { Amount } from './figure';
import { SumSource } from './figure-source';
import { BLAME_TEXTS } from './texts';

/** The amounts that a figure is the sum of, in their order. */
export function SumParts({ source: { parts } }: { readonly source: SumSource }) {
  return (
    <section>
      <h3>{say(BLAME_TEXTS.addedUp(say(UNIT_SIGNS[unit.value])))}</h3>
      <ol class="parts">
        {parts.map(({ label, yuan, source }, index) => (
          <li key={index}>
            <span>{label}</span>{' '}
            {source === undefined ? (
              <span class="number">{formatYuan(yuan, unit.value)}</span>
            ) : (
              <Amount yuan={yuan} label={label} source={source} />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
