import { folded } from '../../kernel/case-folding';
import { Loaded, Reading } from '../scope';

/** How the lists of one kind of entity are read. `Summary`: what their conditions and orders look at. */
export interface Listing<State, View extends Summary, Summary> {
  readonly reading: Reading<State, View>;
  /** Whether a text can be the code of one of them. */
  readonly isCode: (text: string) => boolean;
  readonly summary: (view: View) => Summary;
  /** What `search` looks in; left out if the kind cannot be searched. */
  readonly nameOf?: (view: View) => string;
}

/** The entities that a list is a part of. */
export interface Members<Summary> {
  readonly collection: string;
  /** The department that all of them belong to, if they do. */
  readonly department?: string;
  /** Whether an entity of the kind is one of them. It is, or is not, from its first change on. */
  has(summary: Summary): boolean;
}

/** An entity in a list. */
export class Row<Summary> {
  private searchedName: string | undefined;

  constructor(
    readonly code: string,
    readonly summary: Summary,
    /** Empty if the kind cannot be searched. */
    readonly name: string,
  ) {}

  /** The name as a search compares it. It is folded when it is searched for the first time. */
  get foldedName(): string {
    return (this.searchedName ??= folded(this.name));
  }
}

export const rowOf = <State, View extends Summary, Summary>(
  { summary, nameOf }: Listing<State, View, Summary>,
  { entity, view }: Loaded<View>,
): Row<Summary> => new Row(entity.code, summary(view), nameOf?.(view) ?? '');

export const compareCodes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
