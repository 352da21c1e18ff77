import { CHANGE_FIELDS } from '../../oracle/changes';
import { Command, EntityKind } from './known';

/** What a history is played against. */
export interface PlayedLedger {
  /** What was sent, for the message of a failure. */
  readonly sent: string[];
  readonly ask: (
    query: string,
    variables: Readonly<Record<string, unknown>>,
    /** Who asks, by `sub`; by default one and the same person. */
    sub?: string,
  ) => Promise<{ readonly data?: unknown; readonly errors?: readonly RefusalAnswered[] }>;
  readonly head: () => Promise<bigint>;
  /** The positions of its log; undefined: they are whole numbers without gaps. */
  readonly positions?: () => Promise<readonly bigint[]>;
}

interface RefusalAnswered {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** The fields of an entity to select in a payload. */
export type FieldsOf = (kind: EntityKind) => string;

export interface MutationAnswer {
  readonly refusals: readonly RefusalAnswered[];
  /** undefined if the command is refused. */
  readonly payload?: any;
}

/** What the person that submitted an evaluation may not do. */
const REVIEWS = new Set(['confirmEvaluation', 'publishEvaluation']);

const REFUSALS = new Set(['BAD_USER_INPUT', 'NOT_FOUND', 'CONFLICT', 'RULE_VIOLATION']);

const COMPARED = `dryRun changes { dryRun ${CHANGE_FIELDS} fields { path before after } }`;

/**
 * Fails if the command is refused for a reason that no random command may have. With `compared`, the answer has what
 * `expectForeseen` compares.
 */
export async function answerTo(
  ledger: PlayedLedger,
  { mutation, kind, field = kind, input }: Command,
  fieldsOf: FieldsOf,
  compared?: { readonly dryRun: boolean },
): Promise<MutationAnswer> {
  const inputType = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors = [] } = await ledger.ask(
    `mutation($input: ${inputType}!, $dryRun: Boolean) {
      ${mutation}(input: $input, dryRun: $dryRun) {
        position projected changes { eventId entity position } ${compared === undefined ? '' : COMPARED} ${field} { ${fieldsOf(kind)} }
      }
    }`,
    { input, dryRun: compared?.dryRun },
    REVIEWS.has(mutation) ? 'u-reviewer' : undefined,
  );
  for (const error of errors)
    if (!REFUSALS.has(error.extensions.code as string)) throw new Error(error.message, { cause: error });
  return { refusals: errors, ...(errors.length === 0 ? { payload: (data as any)[mutation] } : {}) };
}

/** A dry run answers as the recorded command does, except for its ids, and for the positions of the changes to be recorded. */
export function expectForeseen(dry: MutationAnswer, recorded: MutationAnswer): void {
  if (dry.payload === undefined || recorded.payload === undefined) {
    expect(dry).toEqual(recorded);
    return;
  }
  expect(dry.payload.dryRun).toBe(true);
  expect(recorded.payload.dryRun).toBe(false);
  expect(withoutNewIds(dry.payload)).toEqual(withoutNewIds(recorded.payload));
}

function withoutNewIds({ position: _position, dryRun: _dryRun, ...payload }: any): unknown {
  const own = new Set(payload.changes.map(({ eventId }: any) => eventId));
  return JSON.parse(
    JSON.stringify(payload, (name, value: any) => {
      if (name === 'id') return undefined;
      if (!own.has(value?.eventId)) return value;
      // The store's own clock may be behind that of the node.
      const { eventId: _id, position: _position, dryRun: _dryRun, storedAt: _storedAt, ...change } = value;
      return { ...change, isNew: true };
    }),
  );
}
