import './time.js';
import './watch.js';
import './timeline.js';
import './log.js';
import './confirm.js';
