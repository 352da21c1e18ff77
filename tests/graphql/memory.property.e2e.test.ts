import { describeTracing } from './lineage.property';

describeTracing();
