package io.jenkins.plugins.promise.local.watching;

import io.jenkins.plugins.promise.watching.component.RepositoryPolicy;
import java.time.Duration;

/**
 * How a local controller watches components.
 *
 * @param secret what webhooks come with; null if none is believed
 * @param interval how often branches are looked at; null if only pushes are told
 * @param repositories which repositories may be fetched
 */
public record WatchSettings(String secret, Duration interval, RepositoryPolicy repositories) {}
