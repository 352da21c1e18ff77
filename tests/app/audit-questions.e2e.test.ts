import { startApi } from '../support/api';
import { describeAuditQuestions } from './audit-questions';

describeAuditQuestions((now) => startApi({ now }));
