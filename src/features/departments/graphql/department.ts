import { Field, ID, ObjectType } from 'type-graphql';
import { Node } from '../../../graphql/node-type';
import { connectionTypes } from '../../../graphql/pages';
import { EntityNode, Recorded } from '../../../graphql/recorded';
import { Reading } from '../../../graphql/scope';
import { departmentFold, DepartmentRecord, DepartmentView, viewDepartment } from '../record';

export const departmentReading: Reading<DepartmentRecord, DepartmentView> = { ...departmentFold, view: viewDepartment };

@ObjectType('Department', { implements: [Node, Recorded], description: '部门。A department of the government.' })
export class DepartmentType extends EntityNode<DepartmentView> {
  @Field(() => ID, { simple: true })
  override get code(): string {
    return this.view.code;
  }

  @Field(() => String, { simple: true, description: '名称。As it was then.' })
  get name(): string {
    return this.view.name;
  }

  @Field(() => String, { nullable: true, simple: true, description: '级别。For example 正处级.' })
  get level(): string | undefined {
    return this.view.level;
  }

  @Field(() => [String], { simple: true, description: '职能。' })
  get functions(): readonly string[] {
    return this.view.functions;
  }
}

export const DepartmentConnection = connectionTypes(
  'Department',
  () => DepartmentType,
  'A page of departments, by code; a cursor is a code',
);
export type DepartmentConnection = InstanceType<typeof DepartmentConnection>;
