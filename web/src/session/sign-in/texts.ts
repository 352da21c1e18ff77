import { Text } from '../../language/language';

export const SIGN_IN_TEXTS = {
  intro: {
    zh: '预算绩效账本：查看任何一天的数字，点击任何数字查看其来源。',
    en: 'The ledger of budget performance: see the figures of any day, and click a figure to see where it comes from.',
  },
  expired: {
    zh: '登录已失效，请重新登录。下方内容保持不变。',
    en: 'You have been signed out, because your token is not accepted any more. Sign in again to go on where you were.',
  },
  leftOpen: {
    zh: '已在此退出，但未能结束统一身份认证的会话。请关闭浏览器，或在统一身份认证处退出。',
    en: 'You are signed out here, but the session at the identity provider could not be ended. Close the browser, or sign out there.',
  },
  people: { zh: '以演示人员身份登录', en: 'Sign in as one of the people of the demo' },
  provider: { zh: '通过统一身份认证登录', en: 'Sign in with the identity provider' },
  token: { zh: '粘贴令牌登录', en: 'Sign in with a token' },
  tokenLabel: { zh: '令牌（JWT）', en: 'Token (JWT)' },
  enter: { zh: '登录', en: 'Sign in' },
  leave: { zh: '退出', en: 'Sign out' },
} satisfies Readonly<Record<string, Text>>;

/** What the people of the demo do. */
export const DEMO_ROLES: Readonly<Record<string, Text>> = {
  'demo-editor': { zh: '业务编辑', en: 'editor' },
  'demo-finance': { zh: '财务', en: 'finance' },
  'demo-reviewer': { zh: '财务复核', en: 'finance, the second person' },
  'demo-admin': { zh: '管理员', en: 'administrator' },
  'demo-clerk': { zh: '编辑、财务、管理员', en: 'editor, finance and administrator' },
  'demo-auditor': { zh: '审计', en: 'auditor' },
  'demo-analyst': { zh: '分析', en: 'analyst: persons have pseudonyms' },
};
