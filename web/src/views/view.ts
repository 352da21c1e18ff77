import { ComponentType } from 'preact';
import { Text } from '../language/language';

/** A view of the ledger. Its code is loaded when it is shown first. */
export interface View {
  /** The first part of its path: /app/<name>. */
  readonly name: string;
  readonly title: Text;
  /** Whether the navigation has a link to it without anything else, such as a department. */
  readonly isInNavigation: boolean;
  /** Whether the person that is signed in has a use for it; left out: everybody has. */
  readonly isShown?: () => boolean;
  /** Whether it always shows the present, so that the clocks have no effect on it. */
  readonly isAlwaysNow?: boolean;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}
