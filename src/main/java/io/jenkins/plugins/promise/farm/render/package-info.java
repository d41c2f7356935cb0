/** What a farm file becomes: configuration of Jenkins, services, machines' first starts. The same file gives the same bytes. */
package io.jenkins.plugins.promise.farm.render;
