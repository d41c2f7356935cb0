/** What the ledger keeps of environments: every change is one transaction, conditional on the fence of a lease and on the head. */
package io.jenkins.plugins.promise.environment.book;
