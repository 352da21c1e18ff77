import { describeTracing } from './tracing.property';

describeTracing();
