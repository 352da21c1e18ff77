import { canonicalForm } from './canonical-form';

/** The canonical form of a large value, in pieces: the parts at this depth are one piece each. */
export function* canonicalPieces(value: unknown, depth: number): Generator<string, void, undefined> {
  if (depth === 0 || typeof value !== 'object' || value === null) {
    yield canonicalForm(value);
  } else if (Array.isArray(value)) {
    yield '[';
    for (const [at, item] of value.entries()) {
      if (at > 0) yield ',';
      yield* canonicalPieces(item, depth - 1);
    }
    yield ']';
  } else {
    yield '{';
    const members = value as Readonly<Record<string, unknown>>;
    for (const [at, name] of Object.keys(members).sort().entries()) {
      yield `${at > 0 ? ',' : ''}${canonicalForm(name)}:`;
      yield* canonicalPieces(members[name], depth - 1);
    }
    yield '}';
  }
}
