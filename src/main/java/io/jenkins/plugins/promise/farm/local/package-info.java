/** A farm as processes of this machine: one that is the controller, and one that starts it again whenever it ends. */
package io.jenkins.plugins.promise.farm.local;
