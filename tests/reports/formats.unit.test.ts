import { strFromU8, unzipSync } from 'fflate';
import { bridgeChart } from '../../src/charts/bridge-chart';
import {
  code,
  figure,
  heading,
  list,
  PAGE_BREAK,
  paragraph,
  picture,
  ReportDocument,
  table,
} from '../../src/reports/document/block';
import { evaluationReport } from '../../src/reports/evaluation/report';
import { docxOf } from '../../src/reports/formats/docx';
import { htmlOf } from '../../src/reports/formats/html';
import { markdownOf } from '../../src/reports/formats/markdown';
import { YEAR } from './year';

const HOSTILE = `<script>alert(1)</script> | **x** [a](b) "&'\u0007\n第二行`;

const document: ReportDocument = {
  title: '报告',
  subtitles: ['甲局'],
  date: '2024-04-12T02:00:00.000Z',
  blocks: [
    heading(1, '一、标题'),
    paragraph('金额 ', figure('9689.88', '文号 甲，账本位置 4。'), ' 万元'),
    list([['1．甲'], [code('mingjian report')]]),
    table(
      '表',
      [{ title: '项目' }, { title: '率', align: 'right', note: '甲除以乙。' }],
      [{ cells: [[HOSTILE], [figure('1', HOSTILE)]] }, { cells: [['合计'], ['2']], strong: true }],
    ),
    picture(bridgeChart('图', '万元', [{ label: '年初', amount: '1', kind: 'total' }])),
    PAGE_BREAK,
  ],
};

describe('Markdown', () => {
  test('writes blocks, and numbers the footnotes as they come', () => {
    expect(markdownOf(document).split('\n\n')).toEqual([
      '# 报告',
      '甲局',
      '## 一、标题',
      '金额 9689.88[^1] 万元',
      '- 1．甲\n- `mingjian report`',
      '**表**',
      expect.stringMatching(
        /^\| 项目 \| 率\[\^2\] \|\n\| --- \| --: \|\n\| .* \| 1\[\^3\] \|\n\| \*\*合计\*\* \| \*\*2\*\* \|$/,
      ),
      '**图：图**',
      '| 年初 |\n| --: |\n| 1 |',
      '总额（万元）；增加；减少',
      '---',
      expect.stringMatching(/^\[\^1\]: 文号 甲，账本位置 4。\n\[\^2\]: 甲除以乙。\n\[\^3\]: /),
    ]);
  });

  test('keeps a recorded text on its line, and from being markup', () => {
    const row = markdownOf(document)
      .split('\n')
      .find((line) => line.includes('script'))!;
    expect(row).toContain('\\<script\\>alert(1)\\</script\\> \\| \\*\\*x\\*\\* \\[a\\](b)');
    expect(row).toContain('第二行');
  });
});

describe('HTML', () => {
  const html = htmlOf(document);

  test('loads nothing, and escapes what is recorded', () => {
    expect(html).not.toMatch(/<script|src=|url\(|@import|javascript:/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain("default-src 'none'");
  });

  test('links each figure with its footnote, both ways', () => {
    for (const number of [1, 2, 3]) {
      expect(html).toContain(`<a id="r${number}" href="#n${number}">${number}</a>`);
      expect(html).toContain(`<li id="n${number}">`);
    }
  });

  test('has the chart as SVG, and is printed on A4', () => {
    expect(html).toContain('<svg xmlns="http://www.w3.org/2000/svg"');
    expect(html).toContain('size: A4');
  });
});

describe('DOCX', () => {
  const partsOf = async (of: ReportDocument) => {
    const parts = unzipSync(await docxOf(of));
    return Object.fromEntries(Object.entries(parts).map(([name, data]) => [name, strFromU8(data)]));
  };

  test('has headings, tables, real footnotes and a picture without letters', async () => {
    const parts = await partsOf(document);
    const body = parts['word/document.xml']!;
    expect(body).toContain('<w:pStyle w:val="Heading1"/>');
    expect(body.match(/<w:footnoteReference w:id="[123]"\/>/g)).toHaveLength(3);
    expect(parts['word/footnotes.xml']).toContain('文号 甲，账本位置 4。');
    expect(body).toContain('<w:tblHeader/>');
    const media = Object.keys(parts).filter((name) => name.startsWith('word/media/'));
    expect(media).toEqual([expect.stringMatching(/\.png$/)]);
    expect(body).toContain('年初');
  });

  test('holds hostile texts as texts, in XML that has no forbidden characters', async () => {
    const { 'word/document.xml': body = '' } = await partsOf(document);
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(body).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    expect(body).toMatch(/<w:br\/>.{0,40}第二行/);
  });

  test('is the same to the byte, however often it is made and in whatever time zone', async () => {
    const report = evaluationReport(YEAR);
    const zone = process.env.TZ;
    const made: string[] = [];
    try {
      for (const TZ of ['UTC', 'Asia/Shanghai', 'America/New_York']) {
        process.env.TZ = TZ;
        made.push(Buffer.from(await docxOf(report)).toString('base64'));
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
    expect(new Set(made).size).toBe(1);
  });

  test('has the date of its figures, not that of its making', async () => {
    const { 'docProps/core.xml': properties = '' } = await partsOf(document);
    expect(properties.match(/2024-04-12T02:00:00Z/g)).toHaveLength(2);
    expect(properties).not.toContain(`${new Date().getFullYear()}-`);
  });
});
