import { Moment } from '../../figures/moment';
import { Block, code, heading, list, PAGE_BREAK, paragraph } from '../document/block';

/** The last page: how a reader checks the report. */
export const checkSection = (moment: Moment, department: string, fiscalYear: number): readonly Block[] => [
  PAGE_BREAK,
  heading(1, '如何核对本报告'),
  paragraph(
    `本报告的数据截至账本位置 ${moment.position}（登记时间 ${moment.recordedAt}）。`,
    moment.effectiveAt === undefined
      ? '生效日不限：该位置以前登记的事实全部计入。'
      : `只计生效时间不晚于 ${moment.effectiveAt} 的事实（${moment.timeZone} 的 ${moment.effectiveOn ?? ''}）。`,
  ),
  list([
    ['1．重新生成：', code(commandOf(moment, department, fiscalYear))],
    [
      '2．比较：同一账本位置、同一生效时间、同一版本的程序，在任何机器、任何时区生成的 Markdown、HTML 和 DOCX 逐字节相同，比较两份文件的 SHA-256 即可；PDF 的文字与页码相同。',
    ],
    [
      '3．逐个数字：脚注写明文号与账本位置。位置 P 的变更可在 GraphQL 中查询：',
      code('{ changes(after: "P-1", first: 1) { nodes { position type documentNo reason data } } }'),
    ],
    [
      '4．当时的账本：',
      code(
        `{ asOf(at: { ${atOf(moment)} }) { budget(department: "${department}", fiscalYear: ${fiscalYear}) { opening revised executed } } }`,
      ),
    ],
    [
      '5．账本本身：启用签名的服务器在 ',
      code('GET /checkpoint'),
      ' 给出签名的检查点，',
      code('mingjian verify --log'),
      ' 以它核对账本的每一项变更。',
    ],
  ]),
  paragraph('表中没有脚注的数字，由列名的脚注说明如何从同一表中有脚注的数字算出。'),
];

function commandOf({ position, effectiveAt }: Moment, department: string, fiscalYear: number): string {
  const effective = effectiveAt === undefined ? '' : ` --as-of ${effectiveAt}`;
  return `mingjian report ${department} ${fiscalYear} --position ${position}${effective} --out report.docx`;
}

const atOf = ({ position, effectiveAt }: Moment): string =>
  [`position: "${position}"`, ...(effectiveAt === undefined ? [] : [`effectiveAt: "${effectiveAt}"`])].join(', ');
