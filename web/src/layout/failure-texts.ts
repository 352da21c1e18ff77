import { Failure, UNREACHABLE } from '../api/failure';
import { Text } from '../language/language';

const TEXTS: Readonly<Record<string, Text>> = {
  [UNREACHABLE]: { zh: '无法连接服务器。', en: 'The server cannot be reached.' },
  UNAVAILABLE: { zh: '服务暂时不可用。', en: 'The service is not available at the moment.' },
  READ_MODEL_BEHIND: {
    zh: '数据尚未更新完毕，请稍后再试。',
    en: 'The newest data is not ready yet. Try again in a moment.',
  },
  READ_NOT_RECORDED: {
    zh: '查阅暂时无法登记，因此未予回答。',
    en: 'The read cannot be put on record at the moment, so it was not answered.',
  },
  UNAUTHENTICATED: { zh: '登录已失效。', en: 'You are not signed in any more.' },
  FORBIDDEN: { zh: '您无权查看或执行此项。', en: 'You may not see or do this.' },
  NOT_FOUND: { zh: '该快照中没有此项。', en: 'There is no such thing at this moment.' },
  CONFLICT: { zh: '在此期间已有变更。', en: 'It has changed meanwhile.' },
  AS_OF_IN_FUTURE: { zh: '所选时点晚于现在。', en: 'The chosen moment is later than now.' },
  LIMIT_EXCEEDED: { zh: '所求超出服务器的限制。', en: 'That is more than the server gives at once.' },
  BAD_USER_INPUT: { zh: '输入有误。', en: 'The input is not right.' },
  RULE_VIOLATION: { zh: '不符合账本规则。', en: 'A rule of the ledger does not allow it.' },
};
const OTHER: Text = { zh: '服务器出错。', en: 'Something went wrong on the server.' };

/** What went wrong, in a sentence. The server's own message has the details, in English. */
export const failureText = ({ code }: Failure): Text => TEXTS[code] ?? OTHER;
