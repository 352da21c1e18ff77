import { documentLineage } from '../../reading/lineage';
import { Loaded, Reading, Scope } from '../../reading/scope';
import { documentKey } from '../../read-model/temporal-store';
import { auditViewOfTemplate } from './audit-view';
import { ALL_TEMPLATES, templatesOfDepartment } from './projection';
import { templateFold, TemplateRecord } from './record';
import { TemplateView, viewTemplate } from './views';

export const templateReading: Reading<TemplateRecord, TemplateView> = { ...templateFold, view: viewTemplate };

export const templateLineage = documentLineage({
  reading: templateReading,
  auditView: auditViewOfTemplate,
  collection: ALL_TEMPLATES,
  codesOf: (scope, department) => scope.members(templatesOfDepartment(department)),
});

export type { TemplateView };

/** A template as its scope sees it. */
export interface TemplateInScope {
  readonly scope: Scope;
  readonly loaded: Loaded<TemplateView>;
}

/**
 * A version of a template, in the scope of its publication: there it is the newest one, whatever was published later. undefined if
 * the version is not on record.
 */
export async function templateVersion(
  scope: Scope,
  code: string,
  version: number,
): Promise<TemplateInScope | undefined> {
  const newest = await scope.entity(templateReading, code);
  if (newest === undefined || version < 1 || version > newest.version.revision) return undefined;
  if (version === newest.version.revision) return inPublication(scope, code, newest.version.position);
  const range = { after: 0n, upTo: scope.position, limit: version };
  const { store } = scope.services;
  const published = (await store.walk(documentKey(ALL_TEMPLATES, code), range, 'change'))[version - 1];
  return published && inPublication(scope, code, published.position);
}

async function inPublication(scope: Scope, code: string, position: bigint): Promise<TemplateInScope | undefined> {
  const { recordedAt } = await scope.services.store.pointAt({ position });
  const then = scope.at({ position, recordedAt });
  const loaded = await then.entity(templateReading, code);
  return loaded && { scope: then, loaded };
}
