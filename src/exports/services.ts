import { FeedServices } from '../change-feed/feed-services';
import { ReadingServices } from '../reading/services';
import { ParameterTerms } from './parameters';

export interface ExportServices extends ReadingServices, Pick<ParameterTerms, 'changeFilter'> {
  readonly feed: FeedServices;
}
