/** Which plugins a farm's Jenkins gets: what is asked for, with all that it pulls in, pinned by version and checksum. */
package io.jenkins.plugins.promise.farm.plugin;
