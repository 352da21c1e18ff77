import { Moment } from '../../moment/moment';

/** What evidence can be about, as the address of the file names it. */
export const SUBJECTS = [
  'department-year',
  'department',
  'budget',
  'task',
  'indicator',
  'evaluation',
  'proposal',
  'template',
  'change',
] as const;
export type Subject = (typeof SUBJECTS)[number];
export type EvidenceForm = 'json' | 'html';

interface Wanted {
  readonly subject: Subject;
  /** Its code, or the position of a change. */
  readonly code: string;
  /** Only of what belongs to a year. */
  readonly fiscalYear: string;
  readonly form: EvidenceForm;
}

export const hasYear = (subject: Subject): boolean => ['department-year', 'budget', 'evaluation'].includes(subject);

/** The address of an evidence file as of a moment. What one change did depends on no moment. */
export function evidenceAddress(
  { subject, code, fiscalYear, form }: Wanted,
  { position, knownAt, effectiveAt }: Moment,
): string {
  const parts = [subject, code.trim(), ...(hasYear(subject) ? [fiscalYear.trim()] : [])];
  const query = new URLSearchParams();
  if (subject !== 'change') {
    if (position !== undefined) query.set('position', position);
    else if (knownAt !== undefined) query.set('knownAt', knownAt);
    if (effectiveAt !== undefined) query.set('effectiveAt', effectiveAt);
  }
  if (form === 'html') query.set('form', 'html');
  const text = query.toString();
  return `/evidence/${parts.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`;
}

export const fileName = ({ subject, code, fiscalYear, form }: Wanted): string =>
  ['evidence', subject, code.trim(), ...(hasYear(subject) ? [fiscalYear.trim()] : [])].join('-') + `.${form}`;
