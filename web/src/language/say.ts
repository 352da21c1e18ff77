import { language } from '../preferences/preferences';
import { Text } from './language';

/** The text in the language that the person reads. A component that calls it is drawn again when the language changes. */
export const say = (text: Text): string => text[language.value];
