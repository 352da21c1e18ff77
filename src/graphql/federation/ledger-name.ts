/** Lower case only, so that no two ledgers share the names of types, which begin with a capital. */
const LEDGER_NAME = /^[a-z][a-z0-9]{0,19}$/;
const MARKED = /^([a-z][a-z0-9]{0,19}):(.*)$/s;

export const LEDGER_NAME_EXPECTED =
  'expected at most 20 lower-case letters and digits, beginning with a letter, such as huizhou';

export const isLedgerName = (text: string): boolean => LEDGER_NAME.test(text);

/** The name of a ledger among those that a gateway joins. Its root fields, its types, its ids and its positions carry it. */
export class LedgerName {
  private readonly typePrefix: string;

  constructor(readonly text: string) {
    if (!isLedgerName(text)) throw new Error(`The name of a ledger: ${LEDGER_NAME_EXPECTED}`);
    this.typePrefix = `${text.charAt(0).toUpperCase()}${text.slice(1)}_`;
  }

  /** `Department` is `Huizhou_Department`. */
  typeName(name: string): string {
    return `${this.typePrefix}${name}`;
  }

  /** `departments` is `huizhou_departments`. */
  rootField(name: string): string {
    return `${this.text}_${name}`;
  }

  mark(text: string): string {
    return `${this.text}:${text}`;
  }

  /** What was marked; undefined for a text without a mark, or with that of another ledger. */
  unmark(text: string): string | undefined {
    const [, name, rest] = MARKED.exec(text) ?? [];
    return name === this.text ? rest : undefined;
  }
}

/** What any ledger has marked; undefined for a text without a mark. */
export const markedIn = (text: string): string | undefined => MARKED.exec(text)?.[2];
