import { ArrayMaxSize } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, ObjectType, Resolver } from 'type-graphql';
import { CommandInput, given } from '../../../graphql/command-input';
import { RequestContext } from '../../../graphql/context';
import { IsLabel, IsLedgerCode } from '../../../graphql/validation';
import { MutationField, Payload, write } from '../../../graphql/write';
import { DepartmentCommand, departmentDecider } from '../decider';
import { DepartmentView } from '../record';
import { departmentReading, DepartmentType } from './department';

@InputType()
class RegisterDepartmentInput extends CommandInput {
  @IsLedgerCode()
  @Field(() => ID)
  code!: string;

  @IsLabel()
  @Field(() => String)
  name!: string;

  @IsLabel()
  @Field(() => String, { nullable: true })
  level?: string | null;

  @ArrayMaxSize(100)
  @IsLabel({ each: true })
  @Field(() => [String], { nullable: true })
  functions?: string[] | null;
}

@InputType()
class RenameDepartmentInput extends CommandInput {
  @IsLedgerCode()
  @Field(() => ID)
  code!: string;

  @IsLabel()
  @Field(() => String)
  name!: string;
}

@ObjectType()
class DepartmentPayload extends Payload<DepartmentView> {
  @Field(() => DepartmentType, {
    nullable: true,
    simple: true,
    description: 'The entity as this write left it; null while projected is false.',
  })
  get department(): DepartmentType | undefined {
    return this.read((scope, loaded) => new DepartmentType(scope, loaded));
  }
}

@Resolver()
export class DepartmentMutations {
  @MutationField(() => DepartmentPayload, { description: '登记部门。' })
  registerDepartment(
    @Arg('input', () => RegisterDepartmentInput) input: RegisterDepartmentInput,
    @Ctx() context: RequestContext,
  ): Promise<DepartmentPayload> {
    const { code, name, level, functions } = input;
    const registration = { code, name, level: given(level), functions: functions ?? [] };
    return run(context, 'registerDepartment', input, { kind: 'register', registration });
  }

  @MutationField(() => DepartmentPayload, { description: '更名。' })
  renameDepartment(
    @Arg('input', () => RenameDepartmentInput) input: RenameDepartmentInput,
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
