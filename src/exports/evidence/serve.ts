import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpRefusal } from '../../http/refusal';
import { isEntityCode, isFiscalYear, yearCode } from '../../kernel/codes';
import { parsePosition } from '../../kernel/position';
import { About } from '../../proving/asked';
import { EvidenceTerms } from './services';
import { Query } from '../../input/query-filter';
import { ExportOptions, serveExport } from '../serve-export';
import { evidenceFor, tlogProofFor } from './answers';
import { readEvidenceOf, readEvidenceOfChange } from './parameters';

type Params = Readonly<Record<string, string>>;

/** Evidence files, for whoever may read what they show (docs/protocol/evidence.md). */
export function serveEvidence(
  fastify: FastifyInstance,
  options: ExportOptions & { readonly evidence: EvidenceTerms },
): void {
  const { evidence } = options;
  const entityTypes = new Map([...evidence.categories].map(([entityType, category]) => [category, entityType]));

  serveExport(fastify, options, '/evidence/:category/:code', (reading, request) => {
    const { category = '', code = '' } = request.params as Params;
    const entityType = entityTypes.get(category);
    if (entityType === undefined || !isEntityCode(code)) throw noSuch(request);
    return evidenceFor(reading, evidence, readEvidenceOf({ entityType, code }, queryOf(request)));
  });

  serveExport(fastify, options, '/evidence/:category/:department/:year', (reading, request) => {
    const { category = '', department = '', year = '' } = request.params as Params;
    const about = aboutYear(entityTypes.get(category), category, department, year);
    if (about === undefined) throw noSuch(request);
    return evidenceFor(reading, evidence, readEvidenceOf(about, queryOf(request)));
  });

  serveExport(fastify, options, '/evidence/change/:name', (reading, request) => {
    const { name = '' } = request.params as Params;
    const isProof = name.endsWith(TLOG_PROOF);
    const position = parsePosition(isProof ? name.slice(0, -TLOG_PROOF.length) : name);
    if (position === undefined) throw noSuch(request);
    const { asked, form } = readEvidenceOfChange(position, queryOf(request));
    return isProof ? tlogProofFor(reading, evidence, position) : evidenceFor(reading, evidence, { asked, form });
  });
}

const TLOG_PROOF = '.tlog-proof';
const DEPARTMENT_YEAR = 'department-year';

function aboutYear(
  entityType: string | undefined,
  category: string,
  department: string,
  year: string,
): About | undefined {
  const fiscalYear = /^\d{4}$/.test(year) ? Number(year) : 0;
  if (!isFiscalYear(fiscalYear) || !isEntityCode(department)) return undefined;
  if (category === DEPARTMENT_YEAR) return { department, fiscalYear };
  return entityType === undefined ? undefined : { entityType, code: yearCode(department, fiscalYear) };
}

const queryOf = ({ query }: FastifyRequest): Query => query as Query;

const noSuch = ({ url }: FastifyRequest): HttpRefusal =>
  new HttpRefusal('NOT_FOUND', `There is no evidence at ${url.split('?')[0] ?? ''}`);
