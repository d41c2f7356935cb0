import { duration } from './time.js';

const moment = (text) => (text ? Date.parse(text) : null);

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  if (text) {
    made.textContent = text;
  }
  return made;
}

/** What a promise of the list did: how long it waited and ran, in milliseconds. One that never ran only waited. */
function outcome(promise) {
  const accepted = moment(promise.accepted);
  const started = moment(promise.started);
  const settled = moment(promise.settled);
  const began = started === null ? settled : Math.min(Math.max(started, accepted), settled);
  return { promise, waited: began - accepted, ran: settled - began, took: settled - accepted };
}

/**
 * How the last promises of a job ended and how long they took, the oldest first, fed by the `promise-watch` around it with
 * the list that it asks for. A bar is hatched for the time that a promise waited and full for the time that it ran; what
 * was rejected has a cross below, for colour alone tells not everybody. The table says the same in words.
 */
class PromiseChart extends HTMLElement {
  connectedCallback() {
    this.watch = this.closest('promise-watch');
    this.hear = (event) => this.show(event.detail.promises || []);
    if (this.watch) {
      this.watch.addEventListener('promise', this.hear);
      if (this.watch.told) {
        this.show(this.watch.told.promises || []);
      }
    }
  }

  disconnectedCallback() {
    if (this.watch) {
      this.watch.removeEventListener('promise', this.hear);
    }
  }

  show(promises) {
    const outcomes = promises.filter((promise) => promise.settled).map(outcome).reverse();
    const known = outcomes.map((one) => one.promise.id).join();
    if (this.known === known) {
      return;
    }
    this.known = known;
    this.build();
    this.figure.hidden = outcomes.length === 0;
    if (outcomes.length > 0) {
      this.caption.textContent = PromiseChart.said(outcomes);
      this.plot.setAttribute('aria-label', this.caption.textContent);
      this.draw(outcomes);
      this.body.replaceChildren(...outcomes.map((one) => this.row(one)).reverse());
    }
  }

  build() {
    if (this.figure) {
      return;
    }
    this.figure = element('figure', 'promise-chart');
    this.caption = this.figure.appendChild(element('figcaption'));
    this.plot = this.figure.appendChild(element('div', 'promise-chart-plot'));
    this.plot.setAttribute('role', 'img');
    const details = this.figure.appendChild(element('details'));
    details.appendChild(element('summary', '', 'As a table'));
    const scroll = details.appendChild(element('div', 'promise-chart-table'));
    scroll.tabIndex = 0;
    scroll.setAttribute('role', 'region');
    scroll.setAttribute('aria-label', 'Outcomes and durations');
    const table = scroll.appendChild(element('table', 'jenkins-table'));
    const head = table.appendChild(element('thead')).appendChild(element('tr'));
    for (const title of ['Promise', 'Outcome', 'Ended', 'Waited', 'Ran']) {
      head.appendChild(element('th', '', title)).scope = 'col';
    }
    this.body = table.appendChild(element('tbody'));
    this.replaceChildren(this.figure);
  }

  /** It all in a sentence. */
  static said(outcomes) {
    const rejected = outcomes.filter((one) => one.promise.state === 'REJECTED').length;
    const times = outcomes.map((one) => one.took).sort((one, other) => one - other);
    const half = times[Math.floor((times.length - 1) / 2)];
    return `Of those accepted last, ${outcomes.length} have ended: ${outcomes.length - rejected} fulfilled, ${rejected} rejected.`
      + ` Half of them took at most ${duration(half)}, the longest ${duration(times[times.length - 1])}.`;
  }

  draw(outcomes) {
    const longest = Math.max(1, ...outcomes.map((one) => one.took));
    const share = (millis) => `${(100 * millis) / longest}%`;
    this.plot.replaceChildren(...outcomes.map((one) => {
      const column = element('span', `promise-chart-column promise-chart-${one.promise.state}`);
      column.title = `${one.promise.version}: ${one.promise.state}, ${duration(one.took)}`;
      const bar = column.appendChild(element('span', 'promise-chart-bar'));
      bar.appendChild(element('i', 'promise-bar-waited')).style.blockSize = share(one.waited);
      bar.appendChild(element('i', `promise-bar-ran promise-bar-${one.promise.state}`)).style.blockSize = share(one.ran);
      return column;
    }));
  }

  row({ promise, waited, ran }) {
    const row = element('tr');
    const name = row.appendChild(element('td'));
    const base = this.watch.getAttribute('src').replace(/\/?\?.*$/, '');
    name.appendChild(element('a', '', promise.version)).href = `${base}/${promise.id}`;
    row.appendChild(element('td')).appendChild(element('span', `promise-state promise-state-${promise.state}`, promise.state));
    const ended = row.appendChild(element('td')).appendChild(element('promise-time')).appendChild(element('time', '', promise.settled));
    ended.dateTime = promise.settled;
    row.appendChild(element('td', '', duration(waited)));
    row.appendChild(element('td', '', duration(ran)));
    return row;
  }
}

customElements.define('promise-chart', PromiseChart);
