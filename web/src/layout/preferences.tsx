import { Signal } from '@preact/signals';
import { DATE_STYLES, DateStyle } from '../language/dates';
import { Language, LANGUAGES, Text } from '../language/language';
import { MONEY_UNITS, UNIT_TEXTS } from '../language/money';
import { say } from '../language/say';
import { Menu } from './menu';
import { dateStyle, language, Theme, theme, THEMES, unit } from '../preferences/preferences';

/** How the page is shown: it changes no figure. What is rarely chosen is in a menu. */
export function Preferences() {
  return (
    <div class="preferences">
      <Choice name={TEXTS.unit} value={unit} values={MONEY_UNITS} texts={UNIT_TEXTS} />
      <Choice name={TEXTS.language} value={language} values={LANGUAGES} texts={LANGUAGE_TEXTS} />
      <Menu title={TEXTS.display}>
        <label>
          {say(TEXTS.dates)}
          <Choice name={TEXTS.dates} value={dateStyle} values={DATE_STYLES} texts={DATES} />
        </label>
        <label>
          {say(TEXTS.theme)}
          <Choice name={TEXTS.theme} value={theme} values={THEMES} texts={THEME_TEXTS} />
        </label>
      </Menu>
    </div>
  );
}

interface Props<Value extends string> {
  readonly name: Text;
  readonly value: Signal<Value>;
  readonly values: readonly Value[];
  readonly texts: Readonly<Record<Value, Text>>;
}

function Choice<Value extends string>({ name, value, values, texts }: Props<Value>) {
  return (
    <select
      class="plain"
      aria-label={say(name)}
      title={say(name)}
      value={value.value}
      onChange={({ currentTarget }) => {
        const chosen = values.find((each) => each === currentTarget.value);
        if (chosen !== undefined) value.value = chosen;
      }}
    >
      {values.map((each) => (
        <option key={each} value={each}>
          {say(texts[each])}
        </option>
      ))}
    </select>
  );
}

const DATES: Readonly<Record<DateStyle, Text>> = {
  words: { zh: '2023年7月31日', en: '31 July 2023' },
  numbers: { zh: '2023-07-31', en: '2023-07-31' },
};
const THEME_TEXTS: Readonly<Record<Theme, Text>> = {
  system: { zh: '随系统', en: 'As the system' },
  light: { zh: '浅色', en: 'Light' },
  dark: { zh: '深色', en: 'Dark' },
};
const LANGUAGE_TEXTS: Readonly<Record<Language, Text>> = {
  zh: { zh: '中文', en: '中文' },
  en: { zh: 'English', en: 'English' },
};
const TEXTS = {
  unit: { zh: '金额单位', en: 'Unit of amounts' },
  dates: { zh: '日期格式', en: 'Form of dates' },
  theme: { zh: '外观', en: 'Appearance' },
  language: { zh: '语言', en: 'Language' },
  display: { zh: '显示', en: 'Display' },
};
