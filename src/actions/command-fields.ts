import { CheckContext, Fields, InputObject, inputObject, ValueOf } from '../input/field';
import { integer, label, list, object, optional, pattern, text, timeOfFact } from '../input/fields';
import { INPUT_BOUNDS } from '../kernel/limits';

const IDEMPOTENCY_KEY = text(
  '幂等键，以实体为范围，1 至 200 个字符。同一人以同样的输入重复同一操作，得到第一次的结果，不再记录；同一键用于其他内容为 CONFLICT。A key within the entity, of 1 to 200 characters. If the same actor repeats the same mutation with the same input as sent, the answer is the first result and nothing is recorded. Anything else under the key: CONFLICT.',
  { most: INPUT_BOUNDS.maxIdempotencyKeyLength, blank: 'refused' },
);

const EvidenceInput = inputObject('EvidenceInput', '佐证材料。A document that proves a fact.', {
  uri: text('材料地址，非空，最多 2000 个字符。The address of the document; not blank, at most 2,000 characters.', {
    most: INPUT_BOUNDS.maxUriLength,
    blank: 'refused',
  }),
  sha256: optional(
    pattern(
      '材料的 SHA-256，64 位十六进制。The SHA-256 of the document, 64 hexadecimal digits.',
      /^[0-9a-f]{64}$/i,
      'must be 64 hexadecimal digits',
    ),
  ),
  title: optional(
    label('材料名称，非空，最多 500 个字符。The title of the document; not blank, at most 500 characters.'),
  ),
});

const REASON = text('理由，非空，最多 20000 个字符。Why; not blank, at most 20,000 characters.', { blank: 'refused' });

/** What every command says about itself. */
const OF_COMMAND = {
  idempotencyKey: optional(IDEMPOTENCY_KEY),
  expectedRevision: optional(
    integer(
      '预期修订号：读取实体时的 revision；0 表示实体必须尚不存在。不一致为 CONFLICT。The revision that the entity was read at; 0: the entity must not exist yet. If its revision is another: CONFLICT.',
      (revision) => revision >= 0,
      'must not be less than 0',
    ),
  ),
  reason: optional(text('理由，最多 20000 个字符。Why; at most 20,000 characters.')),
} satisfies Fields;

/** What proves a fact. */
const PROOF = {
  documentNo: optional(
    text('文号，最多 200 个字符。The number of the official document; at most 200 characters.', {
      most: INPUT_BOUNDS.maxDocumentNoLength,
    }),
  ),
  evidence: optional(
    list(
      object(EvidenceInput),
      { most: INPUT_BOUNDS.maxEvidence },
      '佐证材料，最多 50 份。The documents that prove the fact; at most 50.',
    ),
  ),
} satisfies Fields;

const effectiveAt = optional(
  timeOfFact(
    '生效时间：事实在现实中成立的时间。不填则为事实自带的日期（observedOn、completedOn、reachedOn），没有则为现在；只填日期为账本时区当日 00:00。When the fact is true in the world. Default: the date that the fact itself has (observedOn, completedOn, reachedOn), else now. A date means its 00:00 in the time zone of the ledger.',
  ),
);

/** The fields that every action on one fact accepts besides its own. */
const COMMAND_FIELDS = {
  idempotencyKey: OF_COMMAND.idempotencyKey,
  expectedRevision: OF_COMMAND.expectedRevision,
  effectiveAt,
  reason: OF_COMMAND.reason,
  ...PROOF,
} satisfies Fields;

/** What any action may be given besides its own fields. */
export type CommandFields = Partial<ValueOf<typeof COMMAND_FIELDS>>;

/** The input of an action: its own fields, and the fields that every action accepts. */
export const commandInput = <F extends Fields>(
  name: string,
  description: string,
  fields: F,
  check?: (value: Partial<ValueOf<F> & CommandFields>, context: CheckContext) => void,
): InputObject<ValueOf<F> & ValueOf<typeof COMMAND_FIELDS>> => ({
  name,
  description,
  fields: { ...fields, ...COMMAND_FIELDS },
  check,
});

/** The input of an action that records several facts at once. Each of them has its own date and proof. */
export const commandOfItemsInput = <F extends Fields>(
  name: string,
  description: string,
  fields: F,
): InputObject<ValueOf<F> & ValueOf<typeof OF_COMMAND>> => ({
  name,
  description,
  fields: { ...fields, ...OF_COMMAND },
});

/** What an item of such an input accepts besides its own fields. */
export const ITEM_FIELDS = {
  effectiveAt: optional(
    timeOfFact(
      '生效时间；不填则为现在，各项相同；只填日期为账本时区当日 00:00。When the fact is true in the world. Default: now, the same for all items. A date means its 00:00 in the time zone of the ledger.',
    ),
  ),
  ...PROOF,
} satisfies Fields;

/** The input of an action that needs an idempotency key, because it takes more than one append. */
export const keyedCommandInput = <F extends Fields>(
  name: string,
  description: string,
  fields: F,
  check?: (value: Partial<ValueOf<F>>, context: CheckContext) => void,
): InputObject<ValueOf<F> & ValueOf<typeof COMMAND_FIELDS>> => ({
  name,
  description,
  fields: { ...fields, ...COMMAND_FIELDS, idempotencyKey: IDEMPOTENCY_KEY },
  check,
});

/** The input of an action that needs a reason. */
export const reasonedCommandInput = <F extends Fields>(
  name: string,
  description: string,
  fields: F,
): InputObject<ValueOf<F> & ValueOf<typeof COMMAND_FIELDS>> => ({
  name,
  description,
  fields: { ...fields, ...COMMAND_FIELDS, reason: REASON },
});
