import { mutationsOf } from '../../graphql/action-mutations';
import { Feature } from '../feature';
import { templateActions } from './actions';
import { templateEventTypes } from './events';
import { loadTemplate, TemplateFields, TemplateQueries } from './graphql/queries';
import { ScoringTemplatePayload } from './graphql/template';
import { templateProjection } from './projection';
import { templateLineage } from './readings';
import { TEMPLATE_RULES } from './rules';

export const templates: Feature = {
  entity: {
    type: 'SCORING_TEMPLATE',
    category: 'template',
    description: '评分模板。A scoring template, named by its code.',
  },
  eventTypes: templateEventTypes,
  projection: templateProjection,
  lineage: templateLineage,
  // Other departments score by it too.
  homes: {
    documents: { SCORING_TEMPLATE: 'LEDGER' },
    collections: { SCORING_TEMPLATE: 'LEDGER', 'SCORING_TEMPLATE/': 'LEDGER' },
  },
  rules: TEMPLATE_RULES,
  actions: templateActions,
  nodes: { SCORING_TEMPLATE: { load: (scope, { code }) => loadTemplate(scope, code) } },
  tables: [],
  resolvers: [TemplateQueries, TemplateFields, mutationsOf(templateActions, ScoringTemplatePayload)],
};

export { ScoringLineType } from './graphql/line';
export { loadTemplateVersion } from './graphql/queries';
export { ScoringTemplateType } from './graphql/template';
