import { effect, signal, Signal } from '@preact/signals';
import { DATE_STYLES, DateStyle } from '../language/dates';
import { HTML_LANGUAGES, Language, LANGUAGES, preferredLanguage } from '../language/language';
import { MONEY_UNITS, MoneyUnit } from '../language/money';
import { keptInBrowser } from '../storage/storage';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** What the person has chosen for this browser. Links do not carry it: it changes no figure. */
export const language: Signal<Language> = preference('language', LANGUAGES, preferredLanguage(navigator.languages));
export const unit: Signal<MoneyUnit> = preference('unit', MONEY_UNITS, 'WAN_YUAN');
export const dateStyle: Signal<DateStyle> = preference('dates', DATE_STYLES, 'words');
export const theme: Signal<Theme> = preference('theme', THEMES, 'system');

effect(() => {
  document.documentElement.lang = HTML_LANGUAGES[language.value];
});
effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

function preference<Value extends string>(name: string, values: readonly Value[], otherwise: Value): Signal<Value> {
  const key = `mingjian.${name}`;
  const stored = values.find((value) => value === keptInBrowser.get(key));
  const chosen = signal<Value>(stored ?? otherwise);
  // The first value is a guess or is stored already.
  let isChosen = false;
  effect(() => {
    const value = chosen.value;
    if (isChosen) keptInBrowser.set(key, value);
    isChosen = true;
  });
  return chosen;
}
