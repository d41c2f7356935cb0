import './time.js';
import './watch.js';
import './timeline.js';
import './chart.js';
import './log.js';
import './confirm.js';
