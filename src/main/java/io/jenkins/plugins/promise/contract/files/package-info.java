/** The files that a worker produces: which they are, and how large they may be. */
package io.jenkins.plugins.promise.contract.files;
