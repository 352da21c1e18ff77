import { ChangeFactsFragment } from '../generated/documents';
import { say } from '../language/say';
import { changeTypeText } from '../terms/changes';
import { Figure } from './figure';
import { BLAME_TEXTS } from './texts';

type Props = Pick<ChangeFactsFragment, 'type' | 'entity' | 'entityType' | 'position'>;

/** What a change did. A click opens who made it, when, why, and its proof. */
export const ChangeFigure = ({ type, ...change }: Props) => (
  <Figure
    label={`${say(BLAME_TEXTS.position)} ${change.position}`}
    text={say(changeTypeText(type))}
    source={{ kind: 'change', ...change }}
  />
);
