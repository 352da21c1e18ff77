import { MOMENT_EXPECTED } from '../../input/fields';
import { parsePosition, POSITION_EXPECTED } from '../../kernel/position';
import { parseMoment } from '../../kernel/time';
import { About, Asked } from '../../proving/asked';
import { AsOf } from '../../reading/ledger-reader';
import { Query } from '../../input/query-filter';
import { QueryParameters } from '../../input/query-parameters';

export const EVIDENCE_FORMS = ['json', 'html'] as const;
export type EvidenceForm = (typeof EVIDENCE_FORMS)[number];

export interface EvidenceRequest {
  readonly asked: Asked;
  readonly form: EvidenceForm;
}

const TO = ['knownAt', 'position', 'effectiveAt'] as const;
const FROM = ['fromKnownAt', 'fromPosition', 'fromEffectiveAt'] as const;
const OPTIONS = ['keptSize', 'form'];

/** Evidence of what something was at a moment or, if the query names a first moment, of how it differs between two moments. */
export function readEvidenceOf(about: About, query: Query): EvidenceRequest {
  const parameters = new QueryParameters(query);
  parameters.requireNames([...TO, ...FROM, ...OPTIONS]);
  const from = readAsOf(parameters, FROM);
  const to = readAsOf(parameters, TO);
  const options = readOptions(parameters);
  const isDifference = FROM.some((name) => query[name] !== undefined);
  const asked: Asked = isDifference
    ? { kind: 'DIFFERENCE', about, from, to, keptSizes: options.keptSizes }
    : { kind: 'STATE', about, at: to, keptSizes: options.keptSizes };
  return { asked, form: options.form };
}

export function readEvidenceOfChange(position: bigint, query: Query): EvidenceRequest {
  const parameters = new QueryParameters(query);
  parameters.requireNames(OPTIONS);
  const { form, keptSizes } = readOptions(parameters);
  return { asked: { kind: 'CHANGE', position, keptSizes }, form };
}

function readAsOf(parameters: QueryParameters, [knownAt, position, effectiveAt]: typeof TO | typeof FROM): AsOf {
  return {
    knownAt: parameters.parsed(knownAt, parseMoment, MOMENT_EXPECTED),
    position: parameters.parsed(position, parsePosition, POSITION_EXPECTED),
    effectiveAt: parameters.parsed(effectiveAt, parseMoment, MOMENT_EXPECTED),
  };
}

function readOptions(parameters: QueryParameters): Pick<EvidenceRequest, 'form'> & Pick<Asked, 'keptSizes'> {
  const size = parameters.parsed('keptSize', parsePosition, 'must be the size of a checkpoint');
  const form = parameters.parsed('form', formNamed, `must be one of ${EVIDENCE_FORMS.join(', ')}`);
  parameters.requireNoViolations();
  return { keptSizes: size === undefined ? [] : [size], form: form ?? 'json' };
}

const formNamed = (text: string): EvidenceForm | undefined => EVIDENCE_FORMS.find((form) => form === text);
