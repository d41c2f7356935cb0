/** A ledger goes from one controller to the next, and the next knows that it is all there. */
package io.jenkins.plugins.promise.ledger.handover;
