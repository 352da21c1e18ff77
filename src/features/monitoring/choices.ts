import { choice } from '../../input/choice';
import { ALERT_LEVELS } from '../../monitoring/rules';

export const AlertLevels = choice('AlertLevel', ALERT_LEVELS, '预警级别。How serious an alert is.', {
  YELLOW: '黄色：需关注。Look at it.',
  RED: '红色：需处理。Act on it.',
});
