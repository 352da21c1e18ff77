import { isCode } from '../../kernel/codes';
import { Listing, Members } from '../../reading/lists/listing';
import { ALL_TEMPLATES } from './projection';
import { templateReading } from './readings';
import { TemplateRecord } from './record';
import { TemplateView } from './views';

export type TemplateSummary = Pick<TemplateView, 'department' | 'unofficial'>;

export const templateListing: Listing<TemplateRecord, TemplateView, TemplateSummary> = {
  reading: templateReading,
  isCode,
  summary: ({ department, unofficial }) => ({ department, unofficial }),
  nameOf: ({ name }) => name,
};

export const EVERY_TEMPLATE: Members<TemplateSummary> = { collection: ALL_TEMPLATES, has: () => true };
