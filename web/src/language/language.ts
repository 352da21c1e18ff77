/** The languages of the page. */
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text in every language: one that is missing does not compile. */
export type Text = Readonly<Record<Language, string>>;

/** What HTML calls the languages. */
export const HTML_LANGUAGES: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

/** The first of a browser's languages that the page has. */
export const preferredLanguage = (browserLanguages: readonly string[]): Language =>
  browserLanguages
    .map((language) => LANGUAGES.find((known) => language.toLowerCase().startsWith(known)))
    .find((language) => language !== undefined) ?? 'en';
