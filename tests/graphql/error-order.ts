interface Errors {
  readonly errors?: readonly { readonly path?: readonly unknown[]; readonly message: string }[];
}

/**
 * The answer with its errors in the order of their paths. They are in the order in which fields failed, and that also depends on how long
 * each field took.
 */
export function withErrorsByPath<Answer extends Errors>(answer: Answer): Answer {
  const { errors } = answer;
  if (errors === undefined) return answer;
  const place = ({ path, message }: (typeof errors)[number]): string => JSON.stringify([path, message]);
  return { ...answer, errors: [...errors].sort((a, b) => (place(a) < place(b) ? -1 : 1)) };
}
