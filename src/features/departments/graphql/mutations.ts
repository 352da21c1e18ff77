import { ArrayMaxSize } from 'class-validator';
import { Ctx, Field, ID, InputType, ObjectType, Resolver } from 'type-graphql';
import { CommandInput, given, Input } from '../../../graphql/command-input';
import { RequestContext } from '../../../graphql/context';
import { codeGiven, WRITTEN_ENTITY } from '../../../graphql/shared-descriptions';
import { IsLabel, IsLedgerCode } from '../../../graphql/validation';
import { MutationField, Payload, write } from '../../../graphql/write';
import { DepartmentCommand, departmentDecider } from '../decider';
import { DepartmentView } from '../record';
import { departmentReading, DepartmentType } from './department';

const NAME = '名称，非空，最多 500 个字符。The name; not blank, at most 500 characters.';

@InputType({ description: '部门登记。A department to register. What it says is true from the beginning.' })
class RegisterDepartmentInput extends CommandInput {
  @IsLedgerCode()
  @Field(() => ID, { description: codeGiven('部门代码', 'The code of the department') })
  code!: string;

  @IsLabel()
  @Field(() => String, { description: NAME })
  name!: string;

  @IsLabel()
  @Field(() => String, {
    nullable: true,
    description:
      '级别，例如正处级，非空，最多 500 个字符。The rank, for example 正处级; not blank, at most 500 characters.',
  })
  level?: string | null;

  @ArrayMaxSize(100)
  @IsLabel({ each: true })
  @Field(() => [String], {
    nullable: true,
    description:
      '职能，最多 100 条，每条非空，最多 500 个字符。What the department is in charge of: at most 100 items, none blank, each of at most 500 characters.',
  })
  functions?: string[] | null;
}

@InputType({ description: '部门更名。A new name of a department.' })
class RenameDepartmentInput extends CommandInput {
  @IsLedgerCode()
  @Field(() => ID, { description: codeGiven('部门代码', 'The code of the department') })
  code!: string;

  @IsLabel()
  @Field(() => String, { description: NAME })
  name!: string;
}

@ObjectType({ description: '部门写入结果。What a write to a department answers.' })
class DepartmentPayload extends Payload<DepartmentView> {
  @Field(() => DepartmentType, {
    nullable: true,
    simple: true,
    description: WRITTEN_ENTITY,
  })
  get department(): DepartmentType | undefined {
    return this.read((scope, loaded) => new DepartmentType(scope, loaded));
  }
}

@Resolver()
export class DepartmentMutations {
  @MutationField(() => DepartmentPayload, {
    description:
      '登记部门；内容自始成立。代码已用：CONFLICT。Registers a department; what it says is true from the beginning. If the code is in use: CONFLICT.',
  })
  registerDepartment(
    @Input(() => RegisterDepartmentInput) input: RegisterDepartmentInput,
    @Ctx() context: RequestContext,
  ): Promise<DepartmentPayload> {
    const { code, name, level, functions } = input;
    const registration = { code, name, level: given(level), functions: functions ?? [] };
    return run(context, 'registerDepartment', input, { kind: 'register', registration });
  }

  @MutationField(() => DepartmentPayload, {
    description: '部门更名，自生效时间起使用新名称。Renames a department from the effective date on.',
  })
  renameDepartment(
    @Input(() => RenameDepartmentInput) input: RenameDepartmentInput,
    @Ctx() context: RequestContext,
  ): Promise<DepartmentPayload> {
    return run(context, 'renameDepartment', input, { kind: 'rename', code: input.code, name: input.name });
  }
}

async function run(
  context: RequestContext,
  mutation: string,
  input: CommandInput & { readonly code: string },
  command: DepartmentCommand,
): Promise<DepartmentPayload> {
  const written = await write(context, {
    mutation,
    input,
    decider: departmentDecider,
    reading: departmentReading,
    code: input.code,
    command,
  });
  return new DepartmentPayload(written);
}
