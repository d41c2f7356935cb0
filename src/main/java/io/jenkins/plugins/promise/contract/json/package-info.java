/** JSON as this project reads and writes it, strict with what strangers send. */
package io.jenkins.plugins.promise.contract.json;
