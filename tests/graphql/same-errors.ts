interface FieldError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly FieldError[];
}

/**
 * The answer with its errors in the order of their paths. They are in the order in which fields failed, and that also depends on how long
 * each field took.
 */
function withErrorsByPath(answer: Answer): Answer {
  const { errors } = answer;
  if (errors === undefined) return answer;
  const place = ({ path, message }: FieldError): string => JSON.stringify([path, message]);
  return { ...answer, errors: [...errors].sort((a, b) => (place(a) < place(b) ? -1 : 1)) };
}

/**
 * The texts of an answer and of its reference, without what depends on how long each field took: the order of the errors, and which of
 * several fields has left a place above them null. Only the first one that fails has its error in the answer.
 */
export function comparable(answer: Answer, reference: Answer): { readonly answer: string; readonly reference: string } {
  return {
    answer: JSON.stringify(withErrorsByPath(withErrorsOf(reference, answer))),
    reference: JSON.stringify(withErrorsByPath(reference)),
  };
}

/** The answer with the errors of the reference at each place that another field has left null there. */
function withErrorsOf(reference: Answer, answer: Answer): Answer {
  if (answer.errors === undefined) return answer;
  const text = (value: unknown): string => JSON.stringify(value);
  const errors = answer.errors.flatMap((error) => {
    const place = placeAbove(answer, error);
    const there = (reference.errors ?? []).filter((other) => text(placeAbove(reference, other)) === text(place));
    const isSameField = there.some(({ path }) => text(path) === text(error.path));
    return place === undefined || isSameField || there.length === 0 ? [error] : there;
  });
  return { ...answer, errors: [...new Map(errors.map((error) => [text(error), error])).values()] };
}

/** The place above the field of an error that is null because of it; undefined if only the field is. */
function placeAbove({ data }: Answer, { path }: FieldError): readonly (string | number)[] | undefined {
  let value = data;
  for (const [depth, key] of (path ?? []).entries()) {
    if (value === null || value === undefined) return path?.slice(0, depth);
    value = (value as Readonly<Record<string | number, unknown>>)[key];
  }
  return undefined;
}
