import { BrowserContextOptions, Page } from 'playwright-core';
import { BROWSER_TIMEOUT_MS, newPerson, WatchedPage } from '../support/chromium';
import { auditQuestions } from './support/audit-questions';
import { accessibilityProblems, overflow, picture, settled, uneven, unreadable } from './support/looked-at';
import { serveWithProvider } from './support/open-id';
import { CLERK, PLACES } from './support/places';
import { AUDITOR, ServedPage, servePage, signIn } from './support/served-page';

/** The page in a browser, on the demo ledger. */

const OTHER = '李财务';

let served: ServedPage;
const people: WatchedPage[] = [];

beforeAll(async () => {
  served = await servePage();
}, BROWSER_TIMEOUT_MS);

afterAll(async () => {
  await served.close();
}, BROWSER_TIMEOUT_MS);

afterEach(async () => {
  for (const { page } of people.splice(0)) await page.context().close();
});

async function open(place: string, person?: string, options?: BrowserContextOptions): Promise<Page> {
  const watched = await served.open(place, person, options);
  people.push(watched);
  await settled(watched.page);
  return watched.page;
}

/** The page ends a question whose answer nobody waits for any more. */
const ENDED = /\/graphql(\/stream)?: net::ERR_ABORTED$/;

/** No error in the console, and no request to another server. `expected`: what the test itself causes. */
function expectQuiet(expected = ENDED): void {
  for (const { requests, complaints } of people) {
    expect(complaints.filter((complaint) => !expected.test(complaint) && !ENDED.test(complaint))).toEqual([]);
    expect(new Set(requests.map((url) => new URL(url).host))).toEqual(new Set([new URL(served.address).host]));
  }
}

const WIDTHS = {
  wide: { viewport: { width: 1280, height: 800 } },
  narrow: { viewport: { width: 360, height: 740 } },
} as const;
const LANGUAGES = { zh: 'zh-CN', en: 'en-GB' } as const;
const ALL_SCREENS = (['zh', 'en'] as const).flatMap((language) =>
  (['wide', 'narrow'] as const).flatMap((width) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ language, width, colorScheme })),
  ),
);
/** Each takes long. Two have both languages, both widths, and light and dark; EVERY_SCREEN=1 looks at all. */
const SCREENS =
  process.env.EVERY_SCREEN === '1'
    ? ALL_SCREENS
    : ([
        { language: 'zh', width: 'wide', colorScheme: 'light' },
        { language: 'en', width: 'narrow', colorScheme: 'dark' },
      ] as const);

describe.each(SCREENS)('every place in $language on a $width $colorScheme screen', (screen) => {
  test(
    'can be used by everybody, fits, and asks nothing of other servers',
    async () => {
      const { language, width, colorScheme } = screen;
      const locale = LANGUAGES[language];
      for (const [index, place] of PLACES.entries()) {
        const page =
          index === 0 || place.person !== PLACES[index - 1]?.person
            ? await open(place.path, place.person, { ...WIDTHS[width], locale, colorScheme })
            : people.at(-1)!.page;
        await page.goto(`${served.address}${place.path}`);
        await settled(page);
        await picture(page, place, screen);
        expect({ place: place.name, problems: await accessibilityProblems(page) }).toEqual({
          place: place.name,
          problems: [],
        });
        expect({ place: place.name, overflow: await overflow(page) }).toEqual({ place: place.name, overflow: 0 });
        expect({ place: place.name, unreadable: await unreadable(page) }).toEqual({
          place: place.name,
          unreadable: [],
        });
        expect({ place: place.name, uneven: await uneven(page) }).toEqual({ place: place.name, uneven: [] });
      }
      expectQuiet();
    },
    BROWSER_TIMEOUT_MS,
  );
});

const words = (page: Page) => page.locator('.moment-words');
const figure = (page: Page, label: string) => page.locator('.tiles').getByRole('button', { name: label });

test(
  'the clocks are in the address, in words and in the figures',
  async () => {
    const page = await open('/app/city/2023?known=2023-06-30&effective=2023-06-30', AUDITOR, { locale: 'en-GB' });
    expect(await words(page).innerText()).toBe('as known on 30 June 2023 · as in effect on 30 June 2023');
    expect(await figure(page, 'Revised budget').innerText()).toBe('9,689.88');
    expect(await page.locator('.frame.is-past').count()).toBe(1);

    await page.getByLabel('Known up to').fill('');
    await settled(page);
    expect(await words(page).innerText()).toBe('as known now · as in effect on 30 June 2023');
    await figure(page, 'Revised budget: 10,689.88').waitFor();

    await page.getByRole('button', { name: 'Now', exact: true }).click();
    await figure(page, 'Revised budget: 11,604.08').waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(await page.locator('.frame.is-past').count()).toBe(0);
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'the title of the tab names the place, and both clocks if they show the past',
  async () => {
    const page = await open('/app/department/441300-DSJ/2023', AUDITOR, { locale: 'en-GB' });
    const name = await page.locator('main h1').innerText();
    const expectTitle = (expected: string) => page.locator(`//title[. = "${expected}"]`).waitFor({ state: 'attached' });
    await expectTitle(`${name} 441300-DSJ 2023 · Department and year · 明鉴 Mingjian`);
    await page.getByRole('link', { name: 'History of the budget' }).click();
    await expectTitle('Budget 441300-DSJ.2023 · History · 明鉴 Mingjian');
    await page.getByLabel('Known up to').fill('2023-07-31');
    const clocks = 'as known on 31 July 2023 · in effect on any date';
    await expectTitle(`Budget 441300-DSJ.2023 · History · ${clocks} · 明鉴 Mingjian`);
    await page.getByLabel('Language').selectOption('zh');
    await expectTitle('预算 441300-DSJ.2023 · 历史 · 按 2023年7月31日 所知 · 不限生效日期 · 明鉴 Mingjian');
    await page.goBack();
    await page.goBack();
    await expectTitle(`${name} 441300-DSJ 2023 · 部门年度 · 明鉴 Mingjian`);
    // This view always shows the present.
    await page.goto(`${served.address}/app/clocks/BUDGET/441300-DSJ.2023?field=/revised&known=2023-07-31`);
    await expectTitle('全年预算 · 441300-DSJ.2023 · 两个时钟 · 明鉴 Mingjian');
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'keys lead through the ledger, change by change and month by month, and back',
  async () => {
    const page = await open('/app/city/2023', AUDITOR, { locale: 'en-GB' });
    const slider = page.getByRole('slider');
    const stop = async () => Number(await slider.getAttribute('aria-valuenow'));
    const text = () => slider.getAttribute('aria-valuetext');
    await page.locator('[role=slider][aria-busy=false]').waitFor();
    const last = await stop();
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await stop()).toBe(last - 1);
    await page.keyboard.press('PageDown');
    expect(await stop()).toBeLessThan(last - 1);
    await page.keyboard.press('Home');
    expect(await text()).toMatch(/^1\/\d+ · .*20\d\d/);
    await page.waitForURL(/position=/);
    await page.keyboard.press('PageUp');
    expect(await stop()).toBeGreaterThan(0);
    await page.keyboard.press('End');
    expect(await stop()).toBe(last);
    await page.waitForURL((url) => url.search === '');
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'a pointer that drags the slider selects no text, and what it shows is in the address when it lets go',
  async () => {
    const page = await open('/app/city/2023', AUDITOR, { locale: 'en-GB' });
    await page.locator('[role=slider][aria-busy=false]').waitFor();
    await page.clock.install();
    const { x, y, width, height } = (await page.locator('.track').boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 4, y + 300);
    await page.locator('.frame.is-past').waitFor();
    await page.clock.fastForward(1_000);
    expect(new URL(page.url()).search).toBe('');
    expect(await page.evaluate('getSelection().toString()')).toBe('');
    await page.mouse.up();
    await page.waitForURL(/position=/);
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'keys lead to nothing that the clocks cover',
  async () => {
    const page = await open('/app/department/441300-DSJ/2023', AUDITOR, {
      locale: 'en-GB',
      viewport: { width: 720, height: 600 },
    });
    await page.locator('main button').last().focus();
    const covered = `(() => {
      const { bottom } = document.querySelector('.clocks').getBoundingClientRect();
      const focused = document.activeElement;
      return focused.closest('main') !== null && focused.getBoundingClientRect().bottom <= bottom && focused.outerHTML;
    })()`;
    for (let key = 0; key < 60; key++) {
      await page.keyboard.press('Shift+Tab');
      expect(await page.evaluate(covered)).toBe(false);
    }
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'on paper the page is dark on light, whatever the screen is',
  async () => {
    const page = await open('/app/city/2023?known=2023-07-31', AUDITOR, { locale: 'en-GB', colorScheme: 'dark' });
    const colours = () =>
      page.evaluate(`[document.body, document.querySelector('.moment-words')].map((element) => {
        const [red, green, blue] = getComputedStyle(element).color.match(/\\d+/g).map(Number);
        return red + green + blue < 3 * 128 ? 'dark' : 'light';
      })`);
    expect(await colours()).toEqual(['light', 'light']);
    await page.emulateMedia({ media: 'print' });
    expect(await colours()).toEqual(['dark', 'dark']);
    // The frame of the past covers nothing.
    expect((await words(page).boundingBox())!.x).toBeGreaterThan(4);
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'a link leads away from the origin of a figure, to the top of another place, and Escape back to the figure',
  async () => {
    const page = await open('/app/department/441300-DSJ/2023', AUDITOR, { locale: 'en-GB', ...WIDTHS.narrow });
    const opened = page.locator('section button.figure').last();
    await opened.click();
    const panel = page.locator('.blame');
    await panel.getByRole('link').first().waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await opened.evaluate((element) => element.matches(':focus'))).toBe(true);
    await opened.click();
    await panel.getByRole('link').first().click();
    await panel.waitFor({ state: 'detached' });
    await page.locator('main h1', { hasText: '·' }).waitFor();
    expect(await page.evaluate('scrollY')).toBe(0);

    const area = page.locator('.area').first();
    await area.focus();
    await page.keyboard.press('Enter');
    await panel.waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await area.evaluate((element) => element.matches(':focus'))).toBe(true);
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'a link that is copied shows the same figures when it is opened later, and says so',
  async () => {
    const context = { locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'] };
    const page = await open('/app/city/2023?effective=2023-06-30', AUDITOR, context);
    await page.getByRole('button', { name: 'Copy lasting link' }).click();
    await page.getByText('Copied').waitFor();
    const link: string = await page.evaluate('navigator.clipboard.readText()');
    expect(link).toMatch(/\/app\/city\/2023\?position=\d+&effective=2023-06-30$/);
    await page.goto(link);
    await page.getByText('these figures never change').waitFor();
    await figure(page, 'Revised budget: 10,689.88').waitFor();
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'a person changes the language, the unit and the form of dates, and finds them again',
  async () => {
    const page = await open('/app/city/2023?known=2023-07-31', AUDITOR, { locale: 'en-GB' });
    await page.getByLabel('Unit of amounts').selectOption('YUAN');
    await page.getByText('Display', { exact: true }).click();
    await page.getByLabel('Form of dates').selectOption('numbers');
    await page.keyboard.press('Escape');
    expect(await page.getByLabel('Form of dates').isVisible()).toBe(false);
    // On this screen everything in the header is in one row, in the longer of the languages too.
    const { height } = (await page.locator('.header').boundingBox())!;
    expect(height).toBeLessThan(48);
    await page.getByLabel('Language').selectOption('zh');
    await page.reload();
    await settled(page);
    expect(await words(page).innerText()).toBe('按 2023-07-31 所知 · 不限生效日期');
    await figure(page, '全年预算: 106,898,800.00').waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN');
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('eyJ');
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'without a network the page says so, keeps what it shows, and recovers',
  async () => {
    const page = await open('/app/city/2023', AUDITOR, { locale: 'en-GB' });
    const alert = page.getByText('The server cannot be reached.').first();
    await figure(page, 'Revised budget: 11,604.08').waitFor();
    await page.context().setOffline(true);
    await alert.waitFor();
    expect(await figure(page, 'Revised budget').innerText()).toBe('11,604.08');
    await page.context().setOffline(false);
    await alert.waitFor({ state: 'detached' });
    await settled(page);
    expectQuiet(/ERR_INTERNET_DISCONNECTED/);
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'a network that comes and goes takes no figure away',
  async () => {
    const page = await open('/app/city/2023', AUDITOR, { locale: 'en-GB' });
    const alert = page.getByText('The server cannot be reached.').first();
    await figure(page, 'Revised budget: 11,604.08').waitFor();
    await page.route('**/graphql', (route) => route.abort());
    const failed = page.waitForEvent(
      'requestfailed',
      (request) => request.postData()?.includes('query City(') === true,
    );
    await page.evaluate('dispatchEvent(new Event("offline"))');
    // The server is found again, everything is asked again, and nothing of it is answered.
    await failed;
    await settled(page);
    await alert.waitFor();
    expect(await figure(page, 'Revised budget').innerText()).toBe('11,604.08');
    await page.unroute('**/graphql');
    await alert.waitFor({ state: 'detached' });
    await settled(page);
    expect(await figure(page, 'Revised budget').innerText()).toBe('11,604.08');
    expectQuiet(/ERR_FAILED/);
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'after a restart of the server the page goes on by itself',
  async () => {
    const page = await open('/app/city/2023', AUDITOR, { locale: 'en-GB' });
    await figure(page, 'Revised budget: 11,604.08').waitFor();
    await served.restart();
    await page.getByLabel('Known up to').fill('2023-07-31');
    await figure(page, 'Revised budget: 10,689.88').waitFor();
    expectQuiet(/ERR_|503/);
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'if the token is not accepted any more, the person signs in again and goes on at the same place',
  async () => {
    const page = await open('/app/city/2023?known=2023-07-31', AUDITOR, { locale: 'en-GB' });
    await figure(page, 'Revised budget: 10,689.88').waitFor();
    const field = page.getByLabel('In effect up to');
    // What the page reads besides may be refused before the field has changed.
    await field.focus();
    const refused = { errors: [{ message: 'The token has expired', extensions: { code: 'UNAUTHENTICATED' } }] };
    await page.route('**/graphql', (route) => route.fulfill({ status: 401, json: refused }));
    await field.fill('2023-06-30');
    await page.getByText('You have been signed out').waitFor();
    await page.unroute('**/graphql');
    // What is below cannot be reached by keys, and no key takes the request to sign in away.
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]:focus').waitFor();
    await signIn(page, AUDITOR);
    await figure(page, 'Revised budget: 10,689.88').waitFor();
    await page.locator('.moment input:focus').waitFor();
    expect(await words(page).innerText()).toBe('as known on 31 July 2023 · as in effect on 30 June 2023');
    expectQuiet(/401/);
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'another person who signs in after the token has expired sees the answers to that person',
  async () => {
    const page = await open('/app/city/2023?known=2023-07-31', AUDITOR, { locale: 'en-GB' });
    await figure(page, 'Revised budget: 10,689.88').waitFor();
    const refused = { errors: [{ message: 'The token has expired', extensions: { code: 'UNAUTHENTICATED' } }] };
    await page.route('**/graphql', (route) => route.fulfill({ status: 401, json: refused }));
    await page.getByLabel('In effect up to').fill('2023-06-30');
    await page.getByText('You have been signed out').waitFor();
    await page.unroute('**/graphql');
    const asked = page.waitForRequest((request) => request.postData()?.includes('query City(') === true);
    await signIn(page, OTHER);
    await asked;
    await page.locator('.person').getByText(OTHER).waitFor();
    await figure(page, 'Revised budget: 10,689.88').waitFor();
    expectQuiet(/401/);
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'while a slow server is being asked, the page shows it, and nothing jumps',
  async () => {
    const page = await open('/app/city/2023', AUDITOR, { locale: 'en-GB' });
    await figure(page, 'Revised budget: 11,604.08').waitFor();
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/graphql', async (route) => {
      await answered;
      await route.continue();
    });
    const place = () => figure(page, 'Revised budget').boundingBox();
    const before = await place();
    await page.getByLabel('Known up to').fill('2023-07-31');
    await page.locator('main [aria-busy="true"] .progress').first().waitFor();
    expect(await place()).toEqual(before);
    answer();
    await figure(page, 'Revised budget: 10,689.88').waitFor();
    expect(await place()).toEqual(before);
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'people sign in at the identity provider, come back to where they were, and sign out there, too',
  async () => {
    const cleanUps: (() => unknown)[] = [];
    try {
      const address = await serveWithProvider((cleanUp) => cleanUps.push(cleanUp));
      const { page, requests } = await newPerson(served.browser, { locale: 'en-GB' });
      const logIns = () => requests.filter((url) => url.includes('/interaction/')).length;
      const signInThere = () => page.getByRole('button', { name: 'Sign in with the identity provider' }).click();
      const person = page.locator('.person', { hasText: 'person-auditor' });
      await page.goto(`${address}/app/city/2023?effective=2023-07-31`);
      await signInThere();
      await person.waitFor();
      expect(page.url()).toBe(`${address}/app/city/2023?effective=2023-07-31`);
      expect(logIns()).toBe(1);

      await page.reload();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: 'Yes, sign me out' }).click();
      await page.waitForURL(`${address}/app/`);
      await signInThere();
      await person.waitFor();
      // The provider knew nobody any more.
      expect(logIns()).toBe(2);
      await page.context().close();
    } finally {
      for (const cleanUp of cleanUps.reverse()) await cleanUp();
    }
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'in a browser that keeps nothing, people sign in and see everything until they leave the page',
  async () => {
    const watched = await newPerson(served.browser, { locale: 'en-GB' });
    people.push(watched);
    const { page } = watched;
    // What Chromium does if all storage is blocked.
    await page.addInitScript(() => {
      for (const name of ['sessionStorage', 'localStorage'])
        Object.defineProperty(globalThis, name, {
          get: () => {
            throw new DOMException(`Failed to read '${name}': Access is denied for this document.`, 'SecurityError');
          },
        });
    });
    await page.goto(`${served.address}/app/city/2023`);
    await signIn(page, AUDITOR);
    await figure(page, 'Revised budget: 11,604.08').waitFor();
    await page.getByLabel('Unit of amounts').selectOption('YUAN');
    await figure(page, 'Revised budget: 116,040,800.00').waitFor();
    await page.reload();
    await page.getByRole('button', { name: AUDITOR }).waitFor();
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'a line has its code and its name where two moments are compared, and in the history',
  async () => {
    const page = await open('/app/difference/441300-DSJ/2023?fromKnown=2023-06-30&known=2023-07-31', AUDITOR, {
      locale: 'en-GB',
    });
    const line = page.getByText('Line OPERATING 公用经费 · Executed').first();
    await line.waitFor();
    await page.getByRole('link', { name: 'Budget 441300-DSJ.2023' }).click();
    await page.waitForURL(/\/app\/history\//);
    await line.waitFor();
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'with another filter a list begins at its first page',
  async () => {
    const page = await open('/app/late?after=3', AUDITOR, { locale: 'en-GB' });
    await page.getByRole('combobox', { name: 'Year', exact: true }).selectOption('2023');
    await page.waitForURL((url) => url.searchParams.get('year') === '2023' && !url.searchParams.has('after'));
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'a map of an entity with too many changes is not drawn, and no change is read to know it',
  async () => {
    const page = await open('/app/city/2023', AUDITOR, { locale: 'en-GB' });
    const asked: string[] = [];
    await page.route('**/graphql', async (route) => {
      const { query } = route.request().postDataJSON() as { readonly query: string };
      asked.push(...(/query (\w+)/.exec(query)?.slice(1) ?? []));
      if (!query.includes('query EntityId(')) return route.continue();
      const response = await route.fetch();
      return route.fulfill({ response, body: (await response.text()).replace(/"revision":\d+/, '"revision":4001') });
    });
    await page.goto(`${served.address}/app/clocks/BUDGET/441300-DSJ.2023`);
    await page.getByText('It has 4001 changes').waitFor();
    expect(asked).not.toContain('ChangesOnBothClocks');
    await page.getByRole('link', { name: 'Show all of them' }).click();
    await page.waitForURL(/\/app\/history\/BUDGET\/441300-DSJ\.2023/);
    await page.unroute('**/graphql');
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'a map stays where it is until another part of it is known, and says how far that is',
  async () => {
    const page = await open('/app/clocks/BUDGET/441300-DSJ.2023?field=/executed', AUDITOR, { locale: 'en-GB' });
    const map = page.locator('.clocks-map');
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('query FigureAtTwelve(') === true) await answered;
      await route.continue();
    });
    const [place, text] = [await map.boundingBox(), await map.innerText()];
    await page.getByRole('button', { name: /Known earlier/ }).click();
    await page.locator('.answer.is-old progress').waitFor();
    expect([await map.boundingBox(), await map.innerText()]).toEqual([place, text]);
    answer();
    await settled(page);
    expect(await map.innerText()).not.toBe(text);
    expect(await map.boundingBox()).toEqual(place);
    expectQuiet();
  },
  BROWSER_TIMEOUT_MS,
);

test(
  'an address that makes no sense breaks nothing, and what is wrong is said',
  async () => {
    const page = await open('/app/city/2023', CLERK, { locale: 'en-GB' });
    const complaints = people.at(-1)!.complaints;
    const said: Readonly<Record<string, RegExp>> = {
      '/app/city/2023?known=hello': /as known on hello/,
      '/app/city/2023?known=2023-13-45&effective=2023-99-99': /as in effect on 2023-99-99/,
      '/app/city/2023?position=abc': /position abc/,
      '/app/city/NaN': /Budgets of the city, 20/,
      '/app/department/441300-DSJ/abc': /no such department/,
      '/app/history/toString/x': /no such entity/,
      '/app/clocks/constructor/x': /nothing to draw/,
      '/app/clocks/BUDGET/441300-DSJ.2023?field=(': /Figure/,
      '/app/record/correction/abc': /no such change/,
      '/app/late?late=abc': /BAD_USER_INPUT/,
      '/app/feed?after=abc': /BAD_USER_INPUT/,
    };
    for (const [address, expected] of Object.entries(said)) {
      await page.goto(`${served.address}${address}`);
      await page.locator('body', { hasText: expected }).waitFor();
      expect([address, await page.getByText('cannot be shown').count()]).toEqual([address, 0]);
    }
    expect(complaints.filter((complaint) => /(Type|Range|Syntax|Reference)Error/.test(complaint))).toEqual([]);
  },
  BROWSER_TIMEOUT_MS,
);

describe('questions of auditors', () => {
  auditQuestions((place) => open(place, AUDITOR, { locale: 'en-GB' }));
});

test('the page may load only what the server itself serves, and browsers keep what has a hash in its name', async () => {
  const start = await fetch(`${served.address}/app/department/x/2023`, { headers: { 'accept-encoding': 'br' } });
  expect(start.headers.get('cache-control')).toBe('no-cache');
  expect(start.headers.get('content-encoding')).toBe('br');
  const policy = start.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'self'; ");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  expect(start.headers.get('x-content-type-options')).toBe('nosniff');
  const html = await start.text();
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style|style=/);
  const [, script = ''] = /src="(\/app\/assets\/[^"]+)"/.exec(html) ?? [];
  const file = await fetch(`${served.address}${script}`);
  expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await fetch(`${served.address}/app/assets/none.js`)).status).toBe(404);
  expect((await fetch(`${served.address}/app`, { redirect: 'manual' })).headers.get('location')).toBe('/app/');
});
