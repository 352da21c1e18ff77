import { parse } from 'graphql';
import { sizeProblem } from '../../../src/graphql/execution/document-size';

const problemOf = (source: string, maxTokens: number): string | undefined => {
  try {
    parse(source, { maxLexicalTokens: maxTokens });
  } catch (error) {
    return sizeProblem(error, source, maxTokens);
  }
  return undefined;
};

test('more tokens than allowed', () => {
  expect(problemOf('{ a b c d }', 6)).toBeUndefined();
  expect(problemOf('{ a b c d }', 5)).toBe('A document has at most 5 tokens');
});

test('a nesting that is too deep for the parser', () => {
  expect(problemOf('{a'.repeat(100_000), 1_000_000)).toBe('The document is nested too deeply');
});

test.each(['{ a', '{ a(b: "', '{ a ? }'])('any other syntax error is not reported as a limit: %s', (source) => {
  expect(problemOf(source, 100)).toBeUndefined();
});
