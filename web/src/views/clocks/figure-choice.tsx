import { pathWords } from '../../blame/path-words';
import { say } from '../../language/say';
import { goTo, hrefOf } from '../../routing/router';
import { MappedFigure } from './mapped-figure';
import { choicesOf } from './figures';
import { CLOCKS_TEXTS } from './texts';

export function FigureChoice({ entityType, entity, path }: MappedFigure) {
  return (
    <label class="choice">
      {say(CLOCKS_TEXTS.figure)}
      <select
        value={path}
        onChange={({ currentTarget }) => {
          goTo(hrefOf('clocks', [entityType, entity], { field: currentTarget.value }));
        }}
      >
        {choicesOf(entityType, path).map((choice) => (
          <option key={choice} value={choice}>
            {pathWords(choice)}
          </option>
        ))}
      </select>
    </label>
  );
}
