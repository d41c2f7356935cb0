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

/** One line: a name, how it stands, a bar for the time that it waited, one for the time that it ran, and its log. */
class Row {
  constructor(name, href, log, phase) {
    this.item = element('li', phase ? 'promise-row promise-row-phase' : 'promise-row');
    const line = this.item.appendChild(element('div', 'promise-row-line'));
    const title = line.appendChild(element('span', 'promise-row-name'));
    if (href) {
      title.appendChild(element('a', '', name)).href = href;
    } else {
      title.textContent = name;
    }
    this.state = line.appendChild(element('span', 'promise-state'));
    this.took = line.appendChild(element('span', 'promise-row-took'));
    this.bar = this.item.appendChild(element('div', 'promise-bar'));
    this.bar.setAttribute('aria-hidden', 'true');
    this.waited = this.bar.appendChild(element('i', 'promise-bar-waited'));
    this.ran = this.bar.appendChild(element('i', 'promise-bar-ran'));
    this.reason = this.item.appendChild(element('p', 'promise-row-reason'));
    if (log) {
      this.addLog(name, log);
    }
  }

  addLog(name, log) {
    const details = this.item.appendChild(element('details', 'promise-row-log'));
    details.appendChild(element('summary', '', `Log of ${name}`));
    details.addEventListener('toggle', () => {
      if (details.open && !details.querySelector('promise-log')) {
        const follow = document.createElement('promise-log');
        follow.setAttribute('label', `Log of ${name}`);
        follow.setAttribute('src', log);
        details.append(follow);
      }
    });
  }

  show({ state, accepted, started, ended, reason }, begin, end) {
    this.state.textContent = state;
    this.state.className = `promise-state promise-state-${state}`;
    this.reason.textContent = reason || '';
    this.reason.hidden = !reason;
    if (accepted === null) {
      return;
    }
    const until = ended === null ? end : ended;
    const ran = started === null ? until : started;
    const place = (from, to, bar) => {
      const whole = Math.max(1, end - begin);
      bar.style.insetInlineStart = `${(100 * (from - begin)) / whole}%`;
      bar.style.inlineSize = `${(100 * Math.max(0, to - from)) / whole}%`;
    };
    place(accepted, ran, this.waited);
    place(ran, until, this.ran);
    this.ran.className = `promise-bar-ran promise-bar-${state}`;
    const queued = started === null && ended !== null ? 0 : ran - accepted;
    this.took.textContent = queued >= 100
      ? `${duration(until - accepted)}, of that ${duration(queued)} queued`
      : duration(until - accepted);
  }
}

/** A promise's timeline as bars, fed by the `promise-watch` around it; without that, what stands in it stays. */
class PromiseTimeline extends HTMLElement {
  connectedCallback() {
    this.watch = this.closest('promise-watch');
    this.rows = new Map();
    this.hear = (event) => this.show(event.detail);
    if (this.watch) {
      this.watch.addEventListener('promise', this.hear);
      if (this.watch.told) {
        this.show(this.watch.told);
      }
    }
  }

  disconnectedCallback() {
    if (this.watch) {
      this.watch.removeEventListener('promise', this.hear);
    }
  }

  show(promise) {
    if (!this.list) {
      this.list = element('ol', 'promise-rows');
      this.replaceChildren(this.list);
    }
    this.before = undefined;
    this.shown = new Set();
    const base = this.watch.getAttribute('src').replace(/[^/]*$/, '');
    const own = {
      state: promise.state,
      accepted: moment(promise.accepted),
      started: moment(promise.started),
      ended: moment(promise.settled),
    };
    const attempts = (promise.deliveries || []).flatMap((delivery) => delivery.attempts.map((a) => moment(a.at) + a.millis));
    const last = own.ended === null ? Date.now() : Math.max(own.ended, ...attempts);
    const begin = own.accepted;
    this.row('promise', promise.version, null, `${base}${promise.id}/log`, false).show(own, begin, last);
    for (const phase of promise.phases || []) {
      const span = { state: phase.ended ? 'ended' : 'RUNNING', accepted: moment(phase.started), started: moment(phase.started), ended: moment(phase.ended) };
      this.row(`${phase.number}`, `phase ${phase.name}`, null, null, true).show(span, begin, last);
      for (const worker of phase.workers) {
        this.worker(phase, worker, base).show({
          state: worker.state || (worker.status === 'SUCCESS' ? 'FULFILLED' : worker.status ? 'REJECTED' : 'PENDING'),
          accepted: moment(worker.accepted),
          started: moment(worker.started),
          ended: moment(worker.settled),
          reason: worker.reason,
        }, begin, last);
      }
    }
    this.deliveries(promise, begin, last);
    this.forget();
  }

  worker(phase, worker, base) {
    const own = worker.promise ? `${base}${worker.promise}` : null;
    return this.row(`${phase.number}/${worker.name}/${worker.promise}`, worker.name, own, own && worker.accepted ? `${own}/log` : null, false);
  }

  deliveries(promise, begin, last) {
    for (const delivery of promise.deliveries || []) {
      const attempts = delivery.attempts || [];
      if (attempts.length > 0 && delivery.since) {
        const latest = attempts[attempts.length - 1];
        this.row(`delivery ${delivery.input}`, `${delivery.receives} to ${delivery.input}`, null, null, false).show({
          state: delivery.state,
          accepted: moment(delivery.since),
          started: moment(attempts[0].at),
          ended: delivery.state === 'WAITING' ? null : moment(latest.at) + latest.millis,
          reason: latest.problem,
        }, begin, last);
      }
    }
  }

  /** The row of that key, after the one that was asked for before it. */
  row(key, name, href, log, phase) {
    let row = this.rows.get(key);
    if (!row) {
      row = new Row(name, href, log, phase);
      this.rows.set(key, row);
      const before = this.rows.get(this.before);
      if (before) {
        before.item.after(row.item);
      } else {
        this.list.prepend(row.item);
      }
    }
    this.before = key;
    this.shown.add(key);
    return row;
  }

  /** Takes away what was shown before and is not any more: the attempt of a worker that was repeated. */
  forget() {
    for (const [key, row] of this.rows) {
      if (!this.shown.has(key)) {
        row.item.remove();
        this.rows.delete(key);
      }
    }
  }
}

customElements.define('promise-timeline', PromiseTimeline);
