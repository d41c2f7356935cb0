/** Who may ask the local controller over HTTP, for how long, and with how much. */
package io.jenkins.plugins.promise.local.http;
