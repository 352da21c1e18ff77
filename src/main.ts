#!/usr/bin/env node
import { createRequire } from 'node:module';
import type * as Run from './app/run';
import { startTracing } from './telemetry/tracing';

// The server's modules are loaded after tracing has begun, because tracing instruments modules while they are loaded.
const tracing = startTracing(process.env);
const { runServer } = createRequire(__filename)('./app/run') as typeof Run;
runServer(tracing);
