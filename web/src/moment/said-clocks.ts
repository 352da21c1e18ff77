import { isDay } from '../language/dates';
import { say } from '../language/say';
import { showDay, showTime } from '../session/ledger';
import { Moment } from './moment';
import { recordedAtOf } from './timeline';
import { momentWords } from './words';

/** Both clocks in the words and the form of dates that the person has chosen. */
export function saidClocks(at: Moment): { readonly known: string; readonly effective: string } {
  const { known, effective } = momentWords({
    known: knownText(at),
    effective: at.effectiveAt && timeOrDay(at.effectiveAt),
  });
  return { known: say(known), effective: say(effective) };
}

function knownText({ position, knownAt }: Moment): string | undefined {
  if (position === undefined) return knownAt && timeOrDay(knownAt);
  const recordedAt = recordedAtOf(position);
  return recordedAt === undefined ? say(TEXTS.change(position)) : showTime(recordedAt);
}

const timeOrDay = (text: string): string => (isDay(text) ? showDay(text) : showTime(text));

const TEXTS = { change: (position: string) => ({ zh: `位置 ${position}`, en: `position ${position}` }) };
