/** What Jenkins shows of promises: of all, of one job, and one of them. */
package io.jenkins.plugins.promise.jenkins.web.page;
