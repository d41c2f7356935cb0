/**
 * What the engines of an orchestration would get wrong, found on the syntax tree of its script. It knows Groovy and nothing
 * else, so that the command line, a deployment and a Jenkins look with the same eyes.
 */
package io.jenkins.plugins.promise.orchestration.script;
