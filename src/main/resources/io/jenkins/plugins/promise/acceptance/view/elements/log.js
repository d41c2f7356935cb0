const KEPT = 500000;

/** Follows a log as Jenkins has it: from the byte `start` on, until `X-More-Data` says that there is no more. */
class PromiseLog extends HTMLElement {
  connectedCallback() {
    this.at = 0;
    this.text = document.createElement('pre');
    this.text.className = 'promise-log';
    this.text.tabIndex = 0;
    this.text.setAttribute('role', 'log');
    this.text.setAttribute('aria-label', this.getAttribute('label') || 'Log');
    this.append(this.text);
    this.more();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.ended = true;
  }

  async more() {
    let again = true;
    try {
      const answer = await fetch(`${this.getAttribute('src')}?start=${this.at}`, { cache: 'no-store', credentials: 'same-origin' });
      if (answer.ok) {
        this.add(await answer.text());
        this.at = Number(answer.headers.get('X-Text-Size'));
        again = answer.headers.get('X-More-Data') === 'true';
      } else {
        again = answer.status >= 500 || answer.status === 404;
        this.nothing = answer.status;
      }
    } catch (problem) {
      this.nothing = problem.message;
    }
    const details = this.closest('details');
    if (again && !this.ended) {
      this.timer = setTimeout(() => this.more(), details && !details.open ? 5000 : 1000);
    } else if (this.text.textContent === '') {
      this.text.textContent = '(it wrote nothing)';
    }
  }

  add(text) {
    const atEnd = this.text.scrollTop + this.text.clientHeight >= this.text.scrollHeight - 5;
    if (text !== '') {
      const whole = this.text.textContent + text;
      this.text.textContent = whole.length > KEPT ? whole.slice(-KEPT) : whole;
    }
    if (atEnd) {
      this.text.scrollTop = this.text.scrollHeight;
    }
  }
}

customElements.define('promise-log', PromiseLog);
