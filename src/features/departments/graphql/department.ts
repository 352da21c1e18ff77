import { Field, ID, ObjectType } from 'type-graphql';
import { Node } from '../../../graphql/node-type';
import { countedConnectionTypes } from '../../../graphql/pages';
import { payloadType } from '../../../graphql/payload';
import { EntityNode, Recorded } from '../../../graphql/recorded';
import { DEPARTMENT_CODE } from '../../shared/descriptions';
import { DepartmentView } from '../record';

@ObjectType('Department', {
  implements: [Node, Recorded],
  description: '部门：政府的一个部门。A department of the government.',
})
export class DepartmentType extends EntityNode<DepartmentView> {
  @Field(() => ID, { simple: true, description: DEPARTMENT_CODE })
  override get code(): string {
    return this.view.code;
  }

  @Field(() => String, {
    simple: true,
    description: '名称，按该快照的生效时间。The name at the effective moment of the snapshot.',
  })
  get name(): string {
    return this.view.name;
  }

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '级别，例如正处级；未登记时为 null。The rank, for example 正处级; null if none was registered.',
  })
  get level(): string | undefined {
    return this.view.level;
  }

  @Field(() => [String], { simple: true, description: '职能。What the department is in charge of.' })
  get functions(): readonly string[] {
    return this.view.functions;
  }
}

export const DepartmentPayload = payloadType(
  'Department',
  DepartmentType,
  '部门写入结果。The result of a write to a department.',
);

export const DepartmentConnection = countedConnectionTypes(
  'Department',
  () => DepartmentType,
  '部门分页，按代码排列，游标为代码。A page of departments, by code; a cursor is a code',
);
export type DepartmentConnection = InstanceType<typeof DepartmentConnection>;
