/** How an orchestration is compiled: its steps, its marks, and the lines of its errors. */
package io.jenkins.plugins.promise.engine.compiler;
