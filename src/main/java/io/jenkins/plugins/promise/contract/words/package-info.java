/** How messages say things. */
package io.jenkins.plugins.promise.contract.words;
