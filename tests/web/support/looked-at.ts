import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Page } from 'playwright-core';
import { ShownPlace } from './places';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What WCAG 2.2 AA asks for, as far as a program can check it: each violation with the elements. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  // The policy of the page allows no script from elsewhere. What the debugger runs is not the page's.
  await page.evaluate(AXE);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  return page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(tags)} }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' '))))`,
  );
}

/** Waits until the place has been asked for and everything on it is answered. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await page.locator('.moment-words').waitFor();
  // A view begins to ask after it has been drawn for the first time.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))');
  await page.locator('main [aria-busy="true"], main .asking').first().waitFor({ state: 'detached' });
}

/** How many pixels of the page are beyond its right edge: nobody should have to scroll sideways. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Words in tables that nobody can read: they go beyond their cell, or a cell has room for two or three characters in a line. */
export const unreadable = (page: Page): Promise<readonly string[]> =>
  page.evaluate(`[...document.querySelectorAll('main td:not(.number)')]
    .filter((cell) => {
      const characters = cell.clientWidth / parseFloat(getComputedStyle(cell).fontSize);
      return cell.scrollWidth > cell.clientWidth + 4 || (characters < 4 && cell.textContent.trim().length > 4);
    })
    .map(({ textContent }) => textContent)`);

/** Rows of tables whose cells do not begin on one line. */
export const uneven = (page: Page): Promise<readonly string[]> =>
  page.evaluate(`[...document.querySelectorAll('main tbody tr')]
    .filter((row) => getComputedStyle(row).display === 'table-row')
    .filter((row) => {
      const middles = [...row.cells].flatMap((cell) => {
        const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
          range.selectNodeContents(text);
          const [line] = range.getClientRects();
          if (line !== undefined && text.textContent.trim() !== '') return [(line.top + line.bottom) / 2];
        }
        return [];
      });
      return Math.max(...middles) - Math.min(...middles) > 6;
    })
    .map(({ textContent }) => textContent)`);

export interface Screen {
  readonly language: string;
  readonly width: string;
  readonly colorScheme: string;
}

/**
 * With PAGE_PICTURES=<folder>, every place is pictured there on every screen that is looked at. With DOCS_PICTURES=1 and EVERY_SCREEN=1,
 * the pictures of docs/page.md are made again.
 */
export async function picture(page: Page, place: ShownPlace, screen: Screen): Promise<void> {
  const { PAGE_PICTURES: folder, DOCS_PICTURES: isForDocs } = process.env;
  const { language, width, colorScheme } = screen;
  if (folder === undefined && isForDocs !== '1') return;
  // A picture without the slider would not be the same the next time.
  await page.locator('.slider:empty, .slider-track[aria-busy="true"]').waitFor({ state: 'detached' });
  if (folder !== undefined) {
    const file = `${place.name}.${language}.${width}.${colorScheme}.png`;
    await page.screenshot({ path: path.join(folder, file), fullPage: true });
  }
  if (isForDocs !== '1' || place.isInDocs !== true || width !== 'wide' || colorScheme !== 'light') return;
  await page.screenshot({ path: path.join(__dirname, `../../../docs/pictures/${place.name}.${language}.png`) });
}
