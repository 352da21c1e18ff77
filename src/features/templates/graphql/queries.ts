import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { AtScope, RequestContext } from '../../../graphql/context';
import { Arguments, ArgumentsOf, fieldArguments } from '../../../graphql/field-arguments';
import { PAGE } from '../../../graphql/pages';
import { loadNode } from '../../../graphql/recorded';
import { RootField, SnapshotType } from '../../../graphql/snapshot';
import { Awaitable } from '../../../kernel/async';
import { refused, unwrap } from '../../../kernel/refusal';
import { is } from '../../../reading/entity-filter';
import { pageOfList } from '../../../reading/lists/page-of-list';
import { pageRequest, wholeList } from '../../../reading/pages';
import { Loaded, Scope } from '../../../reading/scope';
import { DepartmentType, loadDepartment } from '../../departments';
import { departmentFilter } from '../../shared/fields';
import { SEARCH } from '../../shared/list-arguments';
import { EVERY_TEMPLATE, templateListing, TemplateSummary } from '../listing';
import { ALL_TEMPLATES } from '../projection';
import { templateReading, templateVersion } from '../readings';
import { TemplateView } from '../views';
import { ScoringTemplateConnection, ScoringTemplateType } from './template';

const TemplateArguments = fieldArguments({ ...PAGE, ...SEARCH, department: departmentFilter });

@Resolver(() => SnapshotType)
export class TemplateQueries {
  @RootField(() => ScoringTemplateType, {
    nullable: true,
    description:
      '评分模板；没有时为 null。A version of the scoring template with this code; null if there is none. The effective moment does not matter: a version is there from its recording on.',
  })
  scoringTemplate(
    @Arg('code', () => ID, { description: '模板代码，区分大小写。The code of the template; its case matters.' })
    code: string,
    @Arg('version', () => Int, {
      nullable: true,
      description: '版本；不填则为该快照记录的最新版本。The version; left out: the newest on record at the snapshot.',
    })
    version: number | null | undefined,
    @AtScope() scope: Scope,
  ): Awaitable<ScoringTemplateType | undefined> {
    return version === undefined || version === null
      ? loadTemplate(scope, code)
      : loadTemplateVersion(scope, code, version);
  }

  @RootField(() => [ScoringTemplateType], {
    nullable: true,
    description: '全部评分模板的最新版本，按代码排列。All scoring templates, each in its newest version, by code.',
  })
  async scoringTemplates(
    @AtScope() scope: Scope,
    @Ctx() { services }: RequestContext,
  ): Promise<readonly ScoringTemplateType[]> {
    const codes = await scope.members(ALL_TEMPLATES, wholeList(services.limits));
    const loaded = await scope.entities(templateReading, codes);
    return loaded.map((template) => new ScoringTemplateType(scope, template));
  }

  @RootField(() => ScoringTemplateConnection, {
    nullable: true,
    description:
      '评分模板分页，同时满足所有条件，按代码排列。A page of `scoringTemplates`: those that meet all of the conditions, by code.',
  })
  async scoringTemplatesPage(
    @Arguments(TemplateArguments) { codes, search, department, ...args }: ArgumentsOf<typeof TemplateArguments>,
    @AtScope() scope: Scope,
    @Ctx() { services }: RequestContext,
  ): Promise<ScoringTemplateConnection> {
    const request = {
      members: EVERY_TEMPLATE,
      page: pageRequest(args, services.limits),
      condition: is<TemplateSummary, string>(department, (template) => template.department),
      codes,
      search,
    };
    const nodeOf = (loaded: Loaded<TemplateView>) => new ScoringTemplateType(scope, loaded);
    return new ScoringTemplateConnection(
      await pageOfList({ scope, lists: services.lists }, templateListing, request, nodeOf),
    );
  }
}

const NOT_READABLE = refused({
  kind: 'FORBIDDEN',
  message: 'The token does not allow reading the department of this template',
});

@Resolver(() => ScoringTemplateType)
export class TemplateFields {
  @FieldResolver(() => DepartmentType, {
    description:
      '所属部门，按同一快照；令牌不能读取该部门时为 FORBIDDEN。The department that it belongs to, at the same snapshot. Everybody may read the template; to a token that does not allow reading its department, this field is FORBIDDEN.',
  })
  async department(@Root() { scope, view }: ScoringTemplateType): Promise<DepartmentType> {
    return (await loadDepartment(scope, view.department)) ?? unwrap<DepartmentType>(NOT_READABLE);
  }
}

export const loadTemplate = (scope: Scope, code: string): Awaitable<ScoringTemplateType | undefined> =>
  loadNode(scope, templateReading, ScoringTemplateType, code);

export async function loadTemplateVersion(
  scope: Scope,
  code: string,
  version: number,
): Promise<ScoringTemplateType | undefined> {
  const found = await templateVersion(scope, code, version);
  return found && new ScoringTemplateType(found.scope, found.loaded);
}
