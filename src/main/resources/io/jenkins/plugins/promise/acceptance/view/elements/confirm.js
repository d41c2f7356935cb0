/** Asks before the form in it is sent. */
class PromiseConfirm extends HTMLElement {
  connectedCallback() {
    if (!this.asks) {
      this.asks = (event) => {
        if (!window.confirm(this.getAttribute('message'))) {
          event.preventDefault();
        }
      };
      this.addEventListener('submit', this.asks);
    }
  }
}

customElements.define('promise-confirm', PromiseConfirm);
