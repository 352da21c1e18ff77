import { isCode } from '../kernel/codes';

const ANY = '*';

/** Which departments a claim names: by their codes, by prefixes such as `4413*`, or all of them by `*`. */
export class DepartmentScope {
  /** The scope of these texts together. A text that is neither a code, a prefix nor `*` names nothing. */
  static of(texts: readonly string[]): DepartmentScope {
    if (texts.includes(ANY)) return DepartmentScope.ALL;
    const prefixes = withoutNarrower(texts.filter(isPrefix).map((text) => text.slice(0, -1)));
    return new DepartmentScope(
      new Set(texts.filter((text) => isCode(text) && !beginsWithOne(prefixes, text))),
      prefixes,
    );
  }

  // The empty text begins every code.
  static readonly ALL = new DepartmentScope(new Set(), ['']);
  static readonly NONE = new DepartmentScope(new Set(), []);

  /** `*`, or the codes and prefixes in order, each once. Scopes with the same patterns cover the same departments. */
  readonly patterns: readonly string[];

  private constructor(
    private readonly codes: ReadonlySet<string>,
    private readonly prefixes: readonly string[],
  ) {
    this.patterns = [...codes, ...prefixes.map((prefix) => prefix + ANY)].sort();
  }

  get isAll(): boolean {
    return this.prefixes[0] === '';
  }

  get isEmpty(): boolean {
    return this.codes.size + this.prefixes.length === 0;
  }

  /** Whether a department with this code is in the scope; it may not exist. */
  covers(department: string): boolean {
    return this.codes.has(department) || beginsWithOne(this.prefixes, department);
  }
}

const isPrefix = (text: string): boolean => text.endsWith(ANY) && isCode(text.slice(0, -1));

/** A loop: a feed asks for each change of the ledger, and most scopes have no prefix. */
function beginsWithOne(prefixes: readonly string[], code: string): boolean {
  for (const prefix of prefixes) if (code.startsWith(prefix)) return true;
  return false;
}

/** Without those that begin with another one of them. */
const withoutNarrower = (prefixes: readonly string[]): readonly string[] =>
  [...new Set(prefixes)].filter(
    (prefix) => !prefixes.some((other) => other.length < prefix.length && prefix.startsWith(other)),
  );
