import { FileChild, HeadingLevel, PageBreak, Paragraph } from 'docx';
import { Block, Heading } from '../../document/block';
import { Footnotes } from '../../document/footnotes';
import { chartOf } from './chart';
import { runsOf } from './runs';
import { tableOf } from './table';

const LEVELS: Readonly<Record<Heading['level'], (typeof HeadingLevel)[keyof typeof HeadingLevel]>> = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
  4: HeadingLevel.HEADING_4,
};

/** What Word has for a block. The number of the block identifies its picture. */
export function childrenOf(block: Block, notes: Footnotes, number: number): readonly FileChild[] {
  switch (block.kind) {
    case 'heading':
      return [new Paragraph({ heading: LEVELS[block.level], children: [...runsOf([block.text], notes)] })];
    case 'paragraph':
      return [new Paragraph({ children: [...runsOf(block.content, notes)], indent: { firstLine: 440 } })];
    case 'list':
      return block.items.map((item) => new Paragraph({ children: [...runsOf(item, notes)], indent: { left: 440 } }));
    case 'table':
      return tableOf(block, notes);
    case 'picture':
      return chartOf(block.chart, number);
    case 'page-break':
      return [new Paragraph({ children: [new PageBreak()] })];
  }
}
