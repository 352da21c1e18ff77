import { describeLineage } from './lineage.property';

describeLineage();
