/** YAML files as authors write them, with the file, the line and the nearest word of each mistake. */
package io.jenkins.plugins.promise.contract.yaml;
