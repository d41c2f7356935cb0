/** The commands of farms. */
package io.jenkins.plugins.promise.cli.farm;
