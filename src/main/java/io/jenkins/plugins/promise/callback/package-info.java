/** The courier: brings reports and registrations to callback URLs, signed, in the background, until they have arrived. */
package io.jenkins.plugins.promise.callback;
