import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, { FastifyInstance } from 'fastify';

/** The yardstick: Apollo Server with one field, on the HTTP integration of the product and with nothing else. */
export async function bareHello(): Promise<FastifyInstance> {
  const apollo = new ApolloServer({
    typeDefs: 'type Query { hello: String }',
    resolvers: { Query: { hello: () => 'hello' } },
    // On by default, it would make the yardstick slower.
    plugins: [ApolloServerPluginCacheControlDisabled()],
  });
  await apollo.start();
  const fastify = Fastify();
  fastify.post('/graphql', fastifyApolloHandler(apollo));
  return fastify;
}
