import { Field, ObjectType } from 'type-graphql';

/** Who made a change, and what supports it. */

@ObjectType('Actor', { description: '操作人。The account that made a change, with the name at that time.' })
export class ActorType {
  @Field(() => String, { simple: true, description: '账号标识。The subject of the token.' })
  readonly sub!: string;

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '姓名。As it was when the change was recorded; null if the token had none.',
  })
  readonly name?: string;
}

@ObjectType('Evidence', { description: '佐证材料。A document that supports a change.' })
export class EvidenceType {
  @Field(() => String, { simple: true, description: '地址。The address of the document.' })
  readonly uri!: string;

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: 'SHA-256 摘要。The hash of the document, 64 hexadecimal digits.',
  })
  readonly sha256?: string;

  @Field(() => String, { nullable: true, simple: true, description: '标题。The title of the document.' })
  readonly title?: string;
}
