import { current } from '../api/questions';
import { say } from '../language/say';
import { Figure } from './figure';
import { useFigureAt } from './figure-at';
import { formulaAt } from './formula';
import { BlamedField } from './blamed-field';
import { pathWords } from './path-words';
import { showValue } from './show-value';
import { BLAME_TEXTS } from './texts';

/** How the figure is computed: each part is a figure that can be clicked. */
export function FormulaParts({ field }: { readonly field: BlamedField }) {
  const formula = formulaAt(field.source.entityType, field.source.path);
  if (formula === undefined) return null;
  return (
    <section>
      <h3>{say(BLAME_TEXTS.computed)}</h3>
      <p class="formula">
        <Part field={field} path={formula.left} /> <span class="operator">{formula.operator}</span>{' '}
        <Part field={field} path={formula.right} />
      </p>
    </section>
  );
}

function Part({ field: { source, at }, path }: { readonly field: BlamedField; readonly path: string }) {
  const part = { ...source, path };
  const data = current(useFigureAt(part, at));
  const label = pathWords(path);
  return (
    <span class="part">
      <span class="quiet">{label}</span>{' '}
      <Figure label={label} text={data === undefined ? '…' : showValue(path, data.value)} source={part} />
    </span>
  );
}
