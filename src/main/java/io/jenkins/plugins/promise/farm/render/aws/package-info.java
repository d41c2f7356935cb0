/** One CloudFormation template for a farm that spans zones. */
package io.jenkins.plugins.promise.farm.render.aws;
