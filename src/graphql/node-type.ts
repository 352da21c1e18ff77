import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType({
  description:
    '节点。An object with an id. The id is global and opaque. It names an object and the snapshot that the object was read at (position, effectiveAt, and knownAt if a time was asked for), so two reads at different snapshots never share an id, and node(id) answers at that snapshot. Ids of the present carry no snapshot.',
})
export abstract class Node {
  @Field(() => ID, {
    simple: true,
    description:
      '全局标识。Names the object and the snapshot that it was read at. An argument that takes an id accepts it from any snapshot.',
  })
  readonly id!: string;
}
