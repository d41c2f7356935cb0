/** Addresses of the internet protocol: ranges of them, which of them are public, and which carry another one. */
package io.jenkins.plugins.promise.callback.address;
