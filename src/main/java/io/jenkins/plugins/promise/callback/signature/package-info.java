/** Signatures of callbacks, as Standard Webhooks has them. */
package io.jenkins.plugins.promise.callback.signature;
