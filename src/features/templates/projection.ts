import { Projection } from '../../projector/projection';
import { templateFold, TemplateRecord } from './record';
import { viewTemplate } from './views';

export const ALL_TEMPLATES = 'SCORING_TEMPLATE';
export const templatesOfDepartment = (department: string): string => `SCORING_TEMPLATE/${department}`;

export const templateProjection: Projection<TemplateRecord> = {
  ...templateFold,
  project(record) {
    const { code, department } = record.newest;
    return {
      department,
      state: viewTemplate(record),
      members: [
        { collection: ALL_TEMPLATES, code },
        { collection: templatesOfDepartment(department), code },
      ],
    };
  },
};
