import { given } from '../../../graphql/command-input';
import { judgeWhole } from '../../../graphql/input-checks';
import { compareDecimals, parseDecimal } from '../../../kernel/decimal';
import { Violation } from '../../../kernel/refusal';
import { parseLocalDate, parseMoment } from '../../../kernel/time';
import {
  CorrectObservationInput,
  DefineIndicatorInput,
  RecordObservationInput,
  ReviseIndicatorTargetInput,
} from './inputs';

/** What takes more than one field of an input to see. */

type Text = string | null | undefined;

judgeWhole(DefineIndicatorInput, function* ({ direction, target, targetUpper }) {
  const [lower, upper] = [given(target), given(targetUpper)];
  if (direction === 'RANGE') {
    const needed = 'is required: a RANGE has two ends';
    if (lower === undefined) yield { path: '/target', message: needed };
    if (upper === undefined) yield { path: '/targetUpper', message: needed };
    yield* emptyRange(target, targetUpper);
    return;
  }
  if (direction === 'QUALITATIVE' && lower !== undefined) {
    yield { path: '/target', message: 'must be left out: a QUALITATIVE indicator has no target' };
  }
  if (upper !== undefined) {
    yield { path: '/targetUpper', message: 'must be left out: only a RANGE has an upper end' };
  }
});

judgeWhole(ReviseIndicatorTargetInput, function* ({ target, targetUpper, points }) {
  if ([target, targetUpper, points].every((part) => given(part) === undefined)) {
    yield { path: '', message: 'must give a target, an upper target, or points' };
  }
  yield* emptyRange(target, targetUpper);
});

judgeWhole(RecordObservationInput, function* ({ observedOn, effectiveAt, value, text }, calendar) {
  const day = parseLocalDate(observedOn);
  const moment = parseMoment(effectiveAt ?? '');
  if (day !== undefined && moment !== undefined && calendar.timeOfFact(moment) !== calendar.startOf(day)) {
    yield { path: '/effectiveAt', message: 'must be 00:00 of observedOn, or left out' };
  }
  if (given(value) === undefined && given(text) === undefined) {
    yield { path: '', message: 'must give a value or a text' };
  }
});

judgeWhole(CorrectObservationInput, function* ({ value, text, qualifier, observedOn, withdraw }) {
  const restates = [value, text, qualifier, observedOn].some((part) => given(part) !== undefined);
  if (withdraw !== true && !restates) yield { path: '', message: 'must give what is right, or withdraw' };
  if (withdraw === true && restates) {
    yield { path: '/withdraw', message: 'excludes the other parts of a correction' };
  }
});

function* emptyRange(target: Text, targetUpper: Text): Iterable<Violation> {
  const [lower, upper] = [parseDecimal(target ?? ''), parseDecimal(targetUpper ?? '')];
  if (lower !== undefined && upper !== undefined && compareDecimals(lower, upper) > 0) {
    yield { path: '/targetUpper', message: 'must not be less than target' };
  }
}
