import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { RequestContext } from './context';
import { MASKED_FIELDS } from './masked-fields';

@ObjectType('Viewer', {
  description:
    '当前用户及其权限，供前端隐藏会被拒绝的操作。The caller and what it may do, for a front end that hides what would be refused.',
})
class ViewerType {
  @Field(() => String, { simple: true, description: '令牌的 sub。The sub of the token.' })
  readonly sub!: string;

  @Field(() => String, { simple: true, nullable: true, description: '姓名。The name in the token, if it has one.' })
  readonly name?: string;

  @Field(() => [String], {
    simple: true,
    description: '本账本的角色。The roles of this ledger that the token carries.',
  })
  readonly roles!: readonly string[];

  @Field(() => [String], {
    simple: true,
    description:
      '可读的部门：代码、以 * 结尾的前缀，或表示全部的 *。The departments that the caller reads: codes, prefixes that end in *, or * for all.',
  })
  readonly readDepartments!: readonly string[];

  @Field(() => [String], {
    simple: true,
    description:
      '可写的部门，写法同上；无权写入则为空。The departments that the caller writes in, in the same form; empty if it never writes.',
  })
  readonly writeDepartments!: readonly string[];

  @Field(() => [String], {
    simple: true,
    description: '角色允许的写入操作名。The names of the mutations that the roles allow.',
  })
  readonly commands!: readonly string[];

  @Field(() => [String], {
    simple: true,
    description: '对该用户隐去的字段名。The names of the fields that are masked for the caller.',
  })
  readonly masked!: readonly string[];

  @Field({ simple: true, description: '能否查询查阅记录 reads。Whether the caller may ask for reads on record.' })
  readonly mayReadReads!: boolean;
}

@Resolver()
export class ViewerResolver {
  @Query(() => ViewerType, {
    nullable: true,
    description:
      '当前用户及其权限；没有角色的令牌也可查询。The caller and what it may do. A token without a role may ask this too.',
  })
  viewer(@Ctx() { principal, masking, services: { policy } }: RequestContext): ViewerType {
    const commands = policy.actionsOf(principal);
    const { sub, name, roles, departments, readDepartments } = principal;
    return Object.assign(new ViewerType(), {
      sub,
      name,
      roles,
      readDepartments: readDepartments.patterns,
      writeDepartments: commands.length === 0 ? [] : departments.patterns,
      commands,
      masked: masking === undefined ? [] : MASKED_FIELDS,
      mayReadReads: policy.mayReadReads(principal).ok,
    });
  }
}
