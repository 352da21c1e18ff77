// graphql-js looks for a second copy of itself each time it asks for the kind of a type, unless NODE_ENV is "production" while it is
// loaded. That takes a tenth of the time of the tests. Servers run without it, too.
const { NODE_ENV } = process.env;
process.env.NODE_ENV = 'production';
require('graphql/jsutils/instanceOf');
process.env.NODE_ENV = NODE_ENV;
