/** The job files that authors write, read into contracts. */
package io.jenkins.plugins.promise.contract.file;
