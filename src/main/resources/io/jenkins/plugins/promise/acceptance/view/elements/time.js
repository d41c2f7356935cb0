/** How long something takes, in milliseconds, for people. */
export function duration(millis) {
  const seconds = Math.max(0, millis) / 1000;
  if (seconds < 60) {
    return `${seconds.toFixed(1)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min ${Math.floor(seconds % 60)} s`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Shows the time in it as people say it here: the time of day today, the date before. */
class PromiseTime extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector('time');
    const at = time ? new Date(time.dateTime) : null;
    if (!at || Number.isNaN(at.getTime())) {
      return;
    }
    const today = at.toDateString() === new Date().toDateString();
    time.title = at.toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'long' });
    time.textContent = today
      ? at.toLocaleTimeString()
      : at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  }
}

customElements.define('promise-time', PromiseTime);
