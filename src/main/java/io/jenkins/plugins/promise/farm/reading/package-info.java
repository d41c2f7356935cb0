/** Farm files read and checked. */
package io.jenkins.plugins.promise.farm.reading;
