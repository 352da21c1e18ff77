import { Scope } from '../../reading/scope';
import { templateReading, TemplateView, templateVersion } from '../templates/readings';

/** The template to score by; the newest version on record if none is named. */
export interface WantedTemplate {
  readonly code: string;
  readonly version?: number;
}

export async function wantedTemplate(
  scope: Scope,
  { code, version }: WantedTemplate,
): Promise<TemplateView | undefined> {
  const found =
    version === undefined
      ? await scope.entity(templateReading, code)
      : (await templateVersion(scope, code, version))?.loaded;
  return found?.view;
}
