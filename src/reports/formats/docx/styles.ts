import { AlignmentType, convertMillimetersToTwip, IStylesOptions, LineRuleType } from 'docx';

/** Fonts that Windows, and offices in China, have. Others are put in their place where they are missing. */
const BODY_FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: '宋体' };
const HEAD_FONT = { ascii: 'Arial', hAnsi: 'Arial', cs: 'Arial', eastAsia: '黑体' };

export const TITLE = 'Title';
export const CAPTION = 'Caption';
export const CELL = 'Cell';
export const CODE_FONT = 'Courier New';

const millimetres = convertMillimetersToTwip;

/** A4 */
export const PAGE = {
  size: { width: millimetres(210), height: millimetres(297) },
  margin: { top: millimetres(25), bottom: millimetres(22), left: millimetres(24), right: millimetres(24) },
};

/** Of the text, in twentieths of a point. */
export const TEXT_WIDTH = millimetres(210 - 2 * 24);

const headed = (size: number, before: number) => ({
  run: { font: HEAD_FONT, size, bold: true, color: '000000' },
  paragraph: { spacing: { before, after: 120 }, keepNext: true },
});

export const STYLES: IStylesOptions = {
  default: {
    document: {
      run: { font: BODY_FONT, size: 22 },
      paragraph: { spacing: { line: 300, lineRule: LineRuleType.AUTO, after: 80 } },
    },
    title: {
      run: { font: HEAD_FONT, size: 40, bold: true },
      paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 600, after: 240 } },
    },
    heading1: headed(30, 360),
    heading2: headed(26, 280),
    heading3: headed(23, 200),
    heading4: headed(22, 160),
    footnoteText: { run: { size: 16 }, paragraph: { spacing: { line: 220, lineRule: LineRuleType.AUTO, after: 0 } } },
  },
  paragraphStyles: [
    {
      id: 'Subtitle',
      name: 'Subtitle',
      basedOn: 'Normal',
      run: { size: 22 },
      paragraph: { alignment: AlignmentType.CENTER },
    },
    {
      id: CAPTION,
      name: 'Caption',
      basedOn: 'Normal',
      run: { font: HEAD_FONT, size: 20 },
      paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 160, after: 80 }, keepNext: true },
    },
    {
      id: CELL,
      name: 'Cell',
      basedOn: 'Normal',
      run: { size: 18 },
      paragraph: { spacing: { line: 260, lineRule: LineRuleType.AUTO, after: 0 } },
    },
    {
      id: 'Footer',
      name: 'footer',
      basedOn: 'Normal',
      run: { size: 18 },
      paragraph: { alignment: AlignmentType.CENTER },
    },
  ],
};
