import { DemoAccess } from './tokens';

/** An auditor's question: a supplement took effect on 28 June and was recorded on 5 July. What was the budget on 30 June? */
const QUESTION = `query($known: Moment, $effective: Moment) {
  asOf(at: { knownAt: $known, effectiveAt: $effective }) {
    knownAt
    effectiveAt
    budget(department: "441300-DSJ", fiscalYear: 2023) { revised(unit: WAN_YUAN) executed(unit: WAN_YUAN) }
  }
}`;

/** Warns the operator of what DEMO_PUBLIC=1 means. */
export const OPEN_TO_ALL = 'DEMO_PUBLIC=1: everyone who can reach this address can read and write the demo ledger';

/** The text for the person that has started the demo: the address, a token, and a query with its real answer. */
export async function greeting(address: string, { tokens }: DemoAccess, isPublic: boolean): Promise<string> {
  const { token } = tokens.auditor;
  const ask = async (variables: object): Promise<string> => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: QUESTION, variables }),
    });
    return response.text();
  };
  const known = { known: '2023-06-30', effective: '2023-06-30' };
  const today = { effective: '2023-06-30' };
  return [
    '',
    `明鉴 Mingjian  ${address}/app/   审计页面。The page for auditors`,
    `               ${address}/   GraphiQL, with a token of 孙经办 (editor, finance, admin) filled in`,
    `               ${address}/graphql`,
    '',
    '演示账本: 合计为真实报告数字, 日期和步骤为示意。Demo ledger: totals are the report’s, dates and steps are illustrative.',
    ...(isPublic ? [`凡能访问此地址者皆可读写演示账本。${OPEN_TO_ALL}.`] : []),
    '',
    'Authorization: Bearer (auditor; the others are in demo-tokens.json)',
    token,
    '',
    '2023-06-30 的全年预算, 当时所知。The budget of 30 June as known on 30 June:',
    await ask(known),
    '2023-06-30 的全年预算, 现在所知。The budget of 30 June as known now:',
    await ask(today),
    '',
    'Ctrl+C 停止。stops it.',
    '',
  ].join('\n');
}
