/** How the local controller runs orchestrations: their programs saved, woken, guarded and ended. */
package io.jenkins.plugins.promise.local.orchestration;
