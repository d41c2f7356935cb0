/** A worker's script as a process of this machine: its workspace, its environment, its log, and all that it starts. */
package io.jenkins.plugins.promise.local.worker;
