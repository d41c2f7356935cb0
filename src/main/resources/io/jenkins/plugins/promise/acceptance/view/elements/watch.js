const AWAY_AT_MOST = 10;
/** What of a page the answer does not tell, as what has waited for long by now, is no older than that. */
const OLD_AT_MOST_MILLIS = 20_000;

/**
 * Asks `src` for JSON every so many seconds, and tells the elements in it: an event `promise` with the answer. Whenever the
 * answer is another one, and now and then, the parts in it (elements with `data-part` and an id) are taken anew from the
 * page's own address. It ends when a promise has nothing more to do; a controller that is away is asked again, less often, until it is
 * back.
 */
class PromiseWatch extends HTMLElement {
  connectedCallback() {
    this.seconds = Number(this.getAttribute('every'));
    this.away = 0;
    this.known = null;
    this.ended = false;
    this.status = document.createElement('p');
    this.status.className = 'promise-away';
    this.status.setAttribute('role', 'status');
    this.prepend(this.status);
    this.seen = () => {
      if (!document.hidden && this.waits) {
        this.look();
      }
    };
    document.addEventListener('visibilitychange', this.seen);
    if (this.hasAttribute('src')) {
      this.look();
    }
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener('visibilitychange', this.seen);
    this.ended = true;
  }

  async look() {
    this.waits = false;
    clearTimeout(this.timer);
    try {
      const answer = await fetch(this.getAttribute('src'), {
        headers: { Accept: 'application/json' },
        cache: 'no-store',
        credentials: 'same-origin',
      });
      if (answer.status === 401 || answer.status === 403) {
        this.tell('You are not logged in any more. Load the page again.');
        return;
      }
      if (!answer.ok) {
        throw new Error(`HTTP ${answer.status}`);
      }
      await this.take(await answer.text());
      this.away = 0;
      this.tell('');
    } catch (problem) {
      this.away = Math.min(this.away + 1, AWAY_AT_MOST);
      this.tell(`The controller does not answer (${problem.message}). This page goes on when it does.`);
    }
    this.goOn();
  }

  async take(text) {
    const told = JSON.parse(text);
    this.told = told;
    this.dispatchEvent(new CustomEvent('promise', { detail: told }));
    // The page itself may be older than the first answer.
    const old = this.known !== text || Date.now() - this.renewed > OLD_AT_MOST_MILLIS;
    if (this.seconds && old && this.querySelector('[data-part]')) {
      await this.renew();
      this.renewed = Date.now();
    }
    this.known = text;
    const over = told.id !== undefined && told.settled !== undefined
      && !(told.deliveries || []).some((delivery) => delivery.state === 'WAITING');
    this.ended = this.ended || over || !this.seconds;
  }

  async renew() {
    const answer = await fetch(document.location.href, {
      headers: { Accept: 'text/html' },
      cache: 'no-store',
      credentials: 'same-origin',
    });
    if (!answer.ok) {
      throw new Error(`HTTP ${answer.status}`);
    }
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of this.querySelectorAll('[data-part]')) {
      const fresh = page.getElementById(part.id);
      if (fresh) {
        PromiseWatch.replace(part, document.importNode(fresh, true));
      }
    }
  }

  /** Whoever has the keyboard on a link or a button of it keeps it there. */
  static replace(part, fresh) {
    const places = (root) => [...root.querySelectorAll('a, button, [tabindex]')];
    const place = places(part).indexOf(document.activeElement);
    const text = place < 0 ? '' : document.activeElement.textContent;
    part.replaceChildren(...fresh.childNodes);
    // Jenkins gives forms its crumb there.
    window.Behaviour?.applySubtree(part, true);
    const again = places(part);
    const found = place < 0 ? undefined : again.find((one) => one.textContent === text) || again[place];
    if (found) {
      found.focus({ preventScroll: true });
    }
  }

  goOn() {
    if (this.ended) {
      return;
    }
    if (document.hidden) {
      this.waits = true;
      return;
    }
    const pause = this.away === 0 ? this.seconds : Math.max(this.seconds || 1, this.away);
    this.timer = setTimeout(() => this.look(), pause * 1000);
  }

  tell(text) {
    if (this.status.textContent !== text) {
      this.status.textContent = text;
    }
  }
}

customElements.define('promise-watch', PromiseWatch);
