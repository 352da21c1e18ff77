import { Moment } from '../../figures/moment';
import { Block, code, heading, list, PAGE_BREAK, paragraph } from '../document/block';

/** The last page: how a reader checks the comparison. */
export const checkComparison = (from: Moment, to: Moment, department: string, fiscalYear: number): readonly Block[] => [
  PAGE_BREAK,
  heading(1, '如何核对本报告'),
  paragraph(
    `起为账本位置 ${from.position}（登记时间 ${from.recordedAt}），止为账本位置 ${to.position}（登记时间 ${to.recordedAt}）。`,
  ),
  list([
    [
      '1．重新生成：',
      code(
        `mingjian report ${department} ${fiscalYear} --from ${from.position} --to ${to.position}${asOf(to)} --out report.docx`,
      ),
    ],
    ['2．比较：两个位置相同，Markdown、HTML 和 DOCX 就逐字节相同；PDF 的文字与页码相同。'],
    [
      '3．在 GraphQL 中查询同样的差别：',
      code(
        `{ diff(from: { position: "${from.position}" }, to: { position: "${to.position}" }, filter: { departments: ["${department}"], fiscalYears: [${fiscalYear}] }) { nodes { entity fields { path before after } changes { nodes { position reason } } } } }`,
      ),
    ],
  ]),
];

const asOf = ({ effectiveAt }: Moment): string => (effectiveAt === undefined ? '' : ` --as-of ${effectiveAt}`);
